using System.Globalization;
using System.Text;
using System.Xml;
using ExcelDataReader;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// A sheet of an Excel workbook (.xlsx) as CSV in memory, so that it is read as every other file is. Dates come as
/// ÅÅÅÅ-MM-DD whatever way the cell shows them, and a cell that stretches over several rows stands on each of them. The
/// parts are unpacked once beforehand, counting: what a few bytes would blow up to is refused.
/// </summary>
internal sealed partial class Workbook
{
    /// <summary>The most that the parts of a workbook, and the sheet as text, may come to: 300 MB.</summary>
    public const long MaxUnpacked = 300_000_000;

    public const int MaxColumns = 500;

    private const int MaxParts = 5_000;
    private const int MaxStretched = 20_000;

    // Of all but the sheets: the words of the cells, which are held in memory, and pictures.
    private const long MaxPart = 100_000_000;

    /// <summary>What a cell is read as when its formula has never been reckoned out.</summary>
    public const string NotReckoned = "#EJ UTRÄKNAD";

    private Workbook(MemoryStream csv, string sheet, IReadOnlyList<string> others, int[]? rows) => (Csv, Sheet, Others, Rows) = (csv, sheet, others, rows);

    /// <summary>UTF-8, with semicolons.</summary>
    public MemoryStream Csv { get; }

    public string Sheet { get; }

    /// <summary>Other sheets in sight that hold something.</summary>
    public IReadOnlyList<string> Others { get; }

    /// <summary>By the line of the CSV, from 1, the row of the sheet; null when they are the same.</summary>
    public int[]? Rows { get; }

    /// <summary>Null when it can't be read, with the reason among the problems.</summary>
    public static Workbook? Open(Stream stream, ImportOptions options, ImportProblems problems, CancellationToken cancellationToken)
    {
        try
        {
            stream.Position = 0;
            var unusable = LookThrough(stream, problems, cancellationToken);
            if (unusable is null)
                return null;
            stream.Position = 0;
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream, new ExcelReaderConfiguration { LeaveOpen = true });
            return Read(reader, options, unusable, problems, cancellationToken);
        }
        catch (Exception e) when (IsDamage(e))
        {
            // Whatever a damaged or crafted workbook makes the reader stumble on.
            problems.Add(ImportRule.FileBinary, "Arbetsboken är skadad eller har ett lösenord, och går inte att läsa.");
            return null;
        }
    }

    private static bool IsDamage(Exception e) =>
        e is not OperationCanceledException and not OutOfMemoryException
        && e is InvalidDataException or XmlException or FormatException or IOException or ArgumentException or InvalidOperationException
            or NotSupportedException or OverflowException or KeyNotFoundException or IndexOutOfRangeException or NullReferenceException
            or InvalidCastException or ExcelDataReader.Exceptions.ExcelReaderException;

    private static Workbook? Read(
        IExcelDataReader reader,
        ImportOptions options,
        Dictionary<string, Dictionary<(int Row, int Column), string>> unusable,
        ImportProblems problems,
        CancellationToken cancellationToken)
    {
        Workbook? read = null;
        var others = new List<string>();
        do
        {
            var isAsked = options.Sheet is { } asked && string.Equals(asked.Trim(), reader.Name.Trim(), StringComparison.OrdinalIgnoreCase);
            if (!isAsked && (reader.VisibleState != "visible" || (options.Sheet is not null && read is not null)))
                continue;
            if (read is null && (isAsked || options.Sheet is null))
            {
                if (reader.FieldCount > MaxColumns)
                {
                    problems.Add(ImportRule.FileTooLarge, $"Bladet har fler än {MaxColumns} kolumner.");
                    return null;
                }

                var sheet = ReadSheet(reader, unusable.GetValueOrDefault(reader.Name) ?? [], problems, cancellationToken);
                if (sheet is not { } found)
                    return null;
                if (found.Csv.Length > 0 || isAsked)
                {
                    read = new Workbook(found.Csv, reader.Name, others, found.Rows);
                    continue;
                }
            }
            else if (HasSomething(reader))
            {
                others.Add(reader.Name);
            }
        }
        while (reader.NextResult());

        if (read is not null)
            return read;
        var listed = ImportRows.Listed([.. others.Select(o => $"”{ImportRows.Shown(o)}”")]);
        if (options.Sheet is { } missing)
            problems.Add(
                ImportRule.SheetMissing,
                $"Arbetsboken har inget blad som heter ”{ImportRows.Shown(missing)}”.{(others.Count > 0 ? $" Den har {listed}." : "")}");
        else
            problems.Add(ImportRule.FileEmpty, "Arbetsboken är tom.");
        return null;
    }

    private static bool HasSomething(IExcelDataReader reader)
    {
        for (var rows = 0; rows < 50 && reader.Read(); rows++)
        {
            for (var i = 0; i < Math.Min(reader.FieldCount, MaxColumns); i++)
            {
                if (reader.GetValue(i) is not null)
                    return true;
            }
        }

        return false;
    }

    private static (MemoryStream Csv, int[]? Rows)? ReadSheet(
        IExcelDataReader reader,
        Dictionary<(int Row, int Column), string> unusable,
        ImportProblems problems,
        CancellationToken cancellationToken)
    {
        var stretched = new Dictionary<int, List<(int Last, int Column)>>();
        var merged = reader.MergeCells?.Where(m => m.FromColumn == m.ToColumn && m.ToRow > m.FromRow).Take(MaxStretched + 1).ToList() ?? [];
        if (merged.Count > MaxStretched)
        {
            problems.Add(ImportRule.FileTooLarge, $"Bladet har fler än {MaxStretched} sammanslagna celler.");
            return null;
        }

        foreach (var range in merged)
        {
            if (!stretched.TryGetValue(range.FromRow, out var starts))
                stretched.Add(range.FromRow, starts = []);
            starts.Add((range.ToRow, range.FromColumn));
        }

        var (open, fields, line) = (new List<(int Last, int Column, string Text)>(), new List<string>(), new StringBuilder());
        var (csv, lines, blank, isSame) = (new MemoryStream(), new List<int> { 0 }, 0, true);
        for (var row = 0; reader.Read(); row++)
        {
            if (row % 4096 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (!ReadRow(reader, row, unusable, fields))
            {
                blank++;
                continue;
            }

            Stretch(fields, row, stretched, open);

            // Rows without anything keep their place, so that a fault has the row that Excel shows.
            for (; blank > 0; blank--)
            {
                line.Append('\n');
                lines.Add(row - blank + 1);
            }

            for (var i = 0; i < fields.Count; i++)
                isSame &= Append(line, fields[i], isFirst: i == 0, lines, row + 1);
            line.Append('\n');
            lines.Add(row + 1);
            csv.Write(Encoding.UTF8.GetBytes(line.ToString()));
            line.Clear();
            if (csv.Length > MaxUnpacked)
            {
                problems.Add(ImportRule.FileTooLarge, "Bladet är större än 300 MB som text.");
                return null;
            }
        }

        csv.Position = 0;
        return (csv, isSame ? null : [.. lines]);
    }

    // False when the row is empty; else without the empty cells at its end.
    private static bool ReadRow(IExcelDataReader reader, int row, Dictionary<(int Row, int Column), string> unusable, List<string> fields)
    {
        fields.Clear();
        var last = 0;
        for (var i = 0; i < Math.Min(reader.FieldCount, MaxColumns); i++)
        {
            fields.Add(unusable.Count > 0 && unusable.TryGetValue((row, i), out var word) ? word : Text(reader, i));
            if (!string.IsNullOrWhiteSpace(fields[i]))
                last = i + 1;
        }

        fields.RemoveRange(last, fields.Count - last);
        return last > 0;
    }

    // What stands in a cell that stretches over several rows belongs to each of them; over several columns, to the first alone.
    private static void Stretch(
        List<string> fields,
        int row,
        Dictionary<int, List<(int Last, int Column)>> stretched,
        List<(int Last, int Column, string Text)> open)
    {
        open.RemoveAll(o => o.Last < row);
        foreach (var (_, column, text) in open)
        {
            while (fields.Count <= column)
                fields.Add("");
            if (fields[column].Length == 0)
                fields[column] = text;
        }

        foreach (var (to, column) in stretched.GetValueOrDefault(row) ?? [])
        {
            if (column < fields.Count)
                open.Add((to, column, fields[column]));
        }
    }

    private static string Text(IExcelDataReader reader, int column)
    {
        switch (reader.GetValue(column))
        {
            case null:
                return "";
            case string text:
                return text.Trim();
            case DateTime moment:
                return moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            case bool flag:
                return flag ? "ja" : "nej";
            case double number:
                return Number(number, reader.GetNumberFormatString(column) ?? "");
            case IFormattable other:
                return other.ToString(null, CultureInfo.InvariantCulture);
            case var other:
                return other.ToString() ?? "";
        }
    }

    // As the cell shows it where that says more than the number: 0012 for a code, 50 % for a share.
    private static string Number(double number, string format)
    {
        if (!double.IsFinite(number) || Math.Abs(number) > 1e15)
            return number.ToString("R", CultureInfo.InvariantCulture);
        var exact = (decimal)number;
        if (format.Contains('%', StringComparison.Ordinal))
            return (exact * 100).ToString("0.########", CultureInfo.InvariantCulture).Replace('.', ',') + " %";
        if (format.Length is > 1 and < 20 && format.All(c => c == '0') && exact == decimal.Truncate(exact))
            return exact.ToString(format, CultureInfo.InvariantCulture);
        return exact.ToString("0.##########", CultureInfo.InvariantCulture).Replace('.', ',');
    }

    // Whether the field stays on its line.
    private static bool Append(StringBuilder line, string field, bool isFirst, List<int> lines, int row)
    {
        if (!isFirst)
            line.Append(';');
        if (!field.AsSpan().ContainsAny(";\"\r\n"))
        {
            line.Append(field);
            return true;
        }

        var quoted = field.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings("\n");
        line.Append('"').Append(quoted).Append('"');
        var breaks = quoted.Count(c => c == '\n');
        for (var i = 0; i < breaks; i++)
            lines.Add(row);
        return breaks == 0;
    }
}
