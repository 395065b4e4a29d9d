using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ExcelDataReader;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// A sheet of an Excel workbook (.xlsx) as CSV in memory, so that it is read as every other file is. Dates come as
/// ÅÅÅÅ-MM-DD whatever way the cell shows them, and a cell that stretches over several rows stands on each of them. The
/// parts are unpacked once beforehand, counting: what a few bytes would blow up to is refused.
/// </summary>
internal sealed class Workbook
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

    // Which cells of each sheet's part have no value that can be used (an error, or a formula that was never reckoned out; the
    // reader tells neither), and that all of it is of a size that can be held.
    private static Dictionary<string, Dictionary<(int Row, int Column), string>>? LookThrough(
        Stream stream,
        ImportProblems problems,
        CancellationToken cancellationToken)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.GetEntry("xl/workbook.xml") is null)
        {
            problems.Add(ImportRule.FileBinary, "Filen är varken en CSV-fil eller en arbetsbok från Excel (.xlsx).");
            return null;
        }

        var (left, found) = (MaxUnpacked, new Dictionary<string, Dictionary<(int Row, int Column), string>>(StringComparer.OrdinalIgnoreCase));
        foreach (var entry in zip.Entries)
        {
            if (zip.Entries.Count > MaxParts)
                left = -1;
            using var part = entry.Open();
            var isSheet = entry.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase)
                && entry.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
            using var counted = new CountedStream(part, isSheet ? left : Math.Min(left, MaxPart));
            try
            {
                if (isSheet)
                    found[entry.Name] = UnusableIn(counted, cancellationToken);
                counted.CopyTo(Stream.Null);
            }
            catch (TooMuchException)
            {
                left = -1;
            }

            left -= counted.Count;
            if (left < 0)
            {
                problems.Add(ImportRule.FileTooLarge, "Arbetsboken är större än 300 MB när den packas upp.");
                return null;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        return SheetParts(zip).ToDictionary(p => p.Name, p => found.GetValueOrDefault(p.Part) ?? [], StringComparer.Ordinal);
    }

    // The name of each sheet, and the part of the file that it is.
    private static IEnumerable<(string Name, string Part)> SheetParts(ZipArchive zip)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (zip.GetEntry("xl/_rels/workbook.xml.rels") is { } relations)
        {
            using var part = relations.Open();
            foreach (var relation in XDocument.Load(part).Root!.Elements())
                targets[relation.Attribute("Id")?.Value ?? ""] = relation.Attribute("Target")?.Value ?? "";
        }

        using var book = zip.GetEntry("xl/workbook.xml")!.Open();
        return
        [
            .. XDocument
                .Load(book)
                .Descendants()
                .Where(e => e.Name.LocalName == "sheet")
                .Select(e => (
                    e.Attribute("name")?.Value ?? "",
                    targets.GetValueOrDefault(e.Attributes().FirstOrDefault(a => a.Name.LocalName == "id" && a.Name.Namespace != XNamespace.None)?.Value ?? "") ?? ""))
                .Select(s => (s.Item1, s.Item2[(s.Item2.LastIndexOf('/') + 1)..]))
                .DistinctBy(s => s.Item1),
        ];
    }

    private static Dictionary<(int Row, int Column), string> UnusableIn(Stream part, CancellationToken cancellationToken)
    {
        var (found, reads) = (new Dictionary<(int Row, int Column), string>(), 0);
        using var xml = XmlReader.Create(part, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true, IgnoreComments = true });
        var (cell, isError, hasFormula, value) = ("", false, false, (string?)null);
        var isValue = false;
        while (xml.Read())
        {
            if (++reads % 100_000 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            switch (xml.NodeType, xml.LocalName)
            {
                case (XmlNodeType.Element, "c"):
                    (cell, isError, hasFormula, value) = (xml.IsEmptyElement ? "" : xml.GetAttribute("r") ?? "", xml.GetAttribute("t") == "e", false, null);
                    break;
                case (XmlNodeType.Element, "f"):
                    hasFormula = true;
                    break;
                case (XmlNodeType.Element, "v" or "is"):
                    isValue = !xml.IsEmptyElement;
                    break;
                case (XmlNodeType.Text, _) when isValue:
                    value ??= isError ? xml.Value : "";
                    break;
                case (XmlNodeType.EndElement, "v" or "is"):
                    isValue = false;
                    break;
                case (XmlNodeType.EndElement, "c") when (isError || (hasFormula && value is null)) && Place(cell) is { } place:
                    found[place] = isError && value is not null ? CellErrors.InSwedish(value) : NotReckoned;
                    break;
            }
        }

        return found;
    }

    // C5 is row 4 and column 2, both counted from 0.
    private static (int Row, int Column)? Place(string cell)
    {
        var (at, column) = (0, 0);
        while (at < cell.Length && at < 3 && char.IsAsciiLetterUpper(cell[at]))
            column = (column * 26) + cell[at++] - 'A' + 1;
        return at > 0 && int.TryParse(cell.AsSpan(at), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? (row - 1, column - 1) : null;
    }

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

    /// <summary>More came out than may be held.</summary>
    private sealed class TooMuchException : Exception;

    /// <summary>Reads on, counting, and stops where it is too much.</summary>
    private sealed class CountedStream(Stream inner, long most) : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Count;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            Count += read;
            return Count > most ? throw new TooMuchException() : read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
