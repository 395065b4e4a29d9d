using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>
/// Cells as JSON (one flat array) and as CSV (semicolon, UTF-8 with BOM, decimal comma). Both have the same columns;
/// a dimension that was not asked for and a category that the measure doesn't have are left out, except insats and gender.
/// So are <c>is_unfinished</c>, true of a period that goes on, <c>bound</c>, which says that a number is at most or at least so
/// large, and <c>missing</c>, exits without what the definition needs, where there are none.
/// </summary>
public static class MeasureFiles
{
    private static readonly JsonWriterOptions s_json = new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Numbers are unrounded: they read back as the same double.</summary>
    public static void WriteJson(Stream stream, IReadOnlyList<MeasureCell> cells, MeasureDimensions by)
    {
        var columns = Columns(cells, by);
        using var json = new Utf8JsonWriter(stream, s_json);
        json.WriteStartArray();
        foreach (var cell in cells)
        {
            json.WriteStartObject();
            foreach (var (name, value) in columns)
            {
                switch (value(cell))
                {
                    case null:
                        json.WriteNull(name);
                        break;
                    case double number:
                        json.WriteNumber(name, number);
                        break;
                    case bool flag:
                        json.WriteBoolean(name, flag);
                        break;
                    case long number:
                        json.WriteNumber(name, number);
                        break;
                    case var text:
                        json.WriteString(name, Text(text));
                        break;
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A share or a difference of fewer than ten has its counts only, as in all that is read; JSON has every number.</summary>
    public static void WriteCsv(Stream stream, IReadOnlyList<MeasureCell> cells, MeasureDimensions by)
    {
        cells = [.. cells.Select(c => c.IsOfFew ? c with { Value = null, Lower = null, Upper = null } : c)];
        var columns = Columns(cells, by);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine(string.Join(';', columns.Select(c => c.Name)));
        foreach (var cell in cells)
            writer.WriteLine(string.Join(';', columns.Select(c => Field(c.Value(cell)))));
    }

    private static List<(string Name, Func<MeasureCell, object?> Value)> Columns(IReadOnlyList<MeasureCell> cells, MeasureDimensions by)
    {
        var columns = new List<(string, Func<MeasureCell, object?>)>
        {
            ("measure", c => c.Measure),
            ("definition", c => c.Definition),
            ("statistic", c => c.Statistic),
            ("period_from", c => c.PeriodFrom),
            ("period_to", c => c.PeriodTo),
            ("insats", c => c.Insats),
            ("gender", c => c.Gender),
        };
        if (by.HasFlag(MeasureDimensions.Age))
            columns.Add(("age_group", c => c.AgeGroup));
        if (by.HasFlag(MeasureDimensions.Education))
            columns.Add(("education", c => c.Education));
        if (by.HasFlag(MeasureDimensions.Referrer))
            columns.Add(("referrer", c => c.Referrer));
        if (cells.Any(c => c.FromCategory is not null))
            columns.Add(("from_category", c => c.FromCategory));
        if (cells.Any(c => c.Category is not null))
            columns.Add(("category", c => c.Category));
        columns.AddRange(
        [
            ("value", c => c.Value),
            ("numerator", c => c.Numerator),
            ("denominator", c => c.Denominator),
            ("lower", c => c.Lower),
            ("upper", c => c.Upper),
            ("n", c => c.N),
            ("state", c => c is { IsOfFew: true, Value: null } ? MeasureCell.TooFew : c.State.ToSwedish()),
        ]);
        if (cells.Any(c => c.IsUnfinished))
            columns.Add(("is_unfinished", c => c.IsUnfinished));
        if (cells.Any(c => c.Bound is not null))
            columns.Add(("bound", c => c.Bound));
        if (cells.Any(c => c.Missing is not null))
            columns.Add(("missing", c => c.Missing?.Number));
        return columns;
    }

    private static string Text(object value) =>
        value is DateOnly date ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : value.ToString()!;

    private static string Field(object? value) => value switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture).Replace('.', ','),
        bool flag => flag ? "1" : "0",
        long number => number.ToString(CultureInfo.InvariantCulture),
        var other => Quoted(Text(other)),
    };

    // A name that begins like a formula would be run by the spreadsheet that opens the file.
    private static string Quoted(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().ContainsAny(";\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
