using System.Text;
using CsvHelper;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// The headings and first rows of a file, to map its columns by. Meant for the one who has the file; what looks like a personal
/// number isn't shown even so.
/// </summary>
public sealed record ImportPreview
{
    /// <summary>Rows that are looked at below the headings.</summary>
    public const int Rows = 4;

    private const string NotShown = "(visas inte)";
    private const int LinesLookedAt = 20;
    private const int MostColumns = 200;

    /// <summary>The row of the file that was taken for the headings.</summary>
    public required int HeaderRow { get; init; }

    public required IReadOnlyList<PreviewedColumn> Columns { get; init; }

    /// <summary>Null when the file can't be read as text, or is empty.</summary>
    public static ImportPreview? Read(Stream content, ImportFormat format, ImportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(options);
        using var source = CsvSource.Open(content, format, options, new ImportProblems(), cancellationToken);
        if (source is null)
            return null;
        var lines = Lines(source);
        if (lines.Count == 0)
            return null;
        var header = (options.HeaderRow ?? options.Map?.HeaderRow) is { } said ? lines.FindIndex(l => l.Row >= said) : -1;
        if (options.HeaderRow is null && (header < 0 || !options.HasHeadings(format, lines[0].Fields, lines[header].Fields)))
            header = Headings(lines, format);
        if (header < 0)
            return null;
        var known = CodeLookup.Of([.. format.Columns.Select(c => c.Name)]);
        var names = lines[header].Fields;
        var identity = CodeLookup.Of([.. format.Columns.Where(c => c.IsIdentity).Select(c => c.Name)]);
        return new ImportPreview
        {
            HeaderRow = lines[header].Row,
            Columns =
            [
                .. names
                    .Select((name, i) => (Name: name, Field: i))
                    .Where(c => c.Name.Length > 0 && !PersonalNumber.IsIn(Encoding.UTF8.GetBytes(c.Name)))
                    .Take(MostColumns)
                    .Select(c => new PreviewedColumn(
                        ImportRows.Letter(c.Field),
                        c.Name.Length > ImportMap.LongestText ? c.Name[..ImportMap.LongestText] : c.Name,
                        known.Find(c.Name) is >= 0 and var column ? known.Words[column] : null,
                        [.. lines.Skip(header + 1).Take(Rows).Select(l => Sample(c.Name, c.Field < l.Fields.Count ? l.Fields[c.Field] : ""))])),
            ],
        };

        // Of columns that say who somebody is nothing is shown, whoever has the file.
        string Sample(string heading, string field) =>
            field.Length > 0 && identity.Find(options.Map?.Find(heading)?.Field ?? heading) >= 0 ? NotShown : Shown(field);
    }

    /// <summary>
    /// A map without what stands as a name or number in the file that it was made for: such a word or heading says who somebody is, and a map
    /// is kept in the open.
    /// </summary>
    public static ImportMap WithoutIdentities(
        ImportMap map, Stream content, ImportFormat format, ImportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(options);
        using var source = CsvSource.Open(content, format, options, new ImportProblems(), cancellationToken);
        var lines = source is null ? [] : Lines(source, int.MaxValue);
        var header = options.HeaderRow is { } row ? lines.FindIndex(l => l.Row >= row) : lines.Count > 0 ? 0 : -1;
        if (header < 0)
            return map;
        var identity = CodeLookup.Of([.. format.Columns.Where(c => c.IsIdentity).Select(c => c.Name)]);
        var places = lines[header].Fields.Select((name, i) => (Name: map.Find(name)?.Field ?? name, Place: i))
            .Where(c => identity.Find(c.Name) >= 0)
            .Select(c => c.Place)
            .ToList();
        var told = lines.Skip(header + 1)
            .SelectMany(l => places.Where(p => p < l.Fields.Count).Select(p => CodeLookup.Key(l.Fields[p])))
            .Where(k => k.Length > 0)
            .ToHashSet(StringComparer.Ordinal);
        return map with
        {
            Columns = [.. map.Columns.Where(c => !told.Contains(CodeLookup.Key(c.Heading)))],
            Values = [.. map.Values.Where(v => !told.Contains(CodeLookup.Key(v.Value)))],
        };
    }

    private static List<(int Row, List<string> Fields)> Lines(CsvSource source, int most = LinesLookedAt + ImportOptions.LastHeaderRow)
    {
        var lines = new List<(int Row, List<string> Fields)>();
        using var csv = CsvReader.Create(source.Stream, new CsvReaderOptions
        {
            Separator = source.HasSeparatorLine ? null : source.Separator,
            Encoding = source.Encoding,
            IncludeValuesInExceptions = false,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            MaxRecordSize = 1 << 20,
            HasHeader = false,
            AllowLineBreaksInQuotes = true,
            OnMalformedRecord = _ => { },
        }, leaveOpen: true);
        try
        {
            while (lines.Count < most && csv.Read())
                lines.Add((
                    source.RowOf((int)csv.LineNumber),
                    [.. Enumerable.Range(0, csv.FieldCount).Select(i => NormalForm.Written(Encoding.UTF8.GetString(csv.GetSpan(i)).ReplaceLineEndings(" ")))]));
        }
        catch (CsvFormatException)
        {
            return lines;
        }

        return lines;
    }

    // The row with most of the template's names; when none has any, the first of those that have most filled in.
    private static int Headings(List<(int Row, List<string> Fields)> lines, ImportFormat format)
    {
        var known = CodeLookup.Of([.. format.Columns.Select(c => c.Name)]);
        return lines
            .Take(LinesLookedAt)
            .Select((l, i) => (Place: i, Known: l.Fields.Count(f => known.Find(f) >= 0), Filled: l.Fields.Count(f => f.Length > 0)))
            .OrderByDescending(l => l.Known)
            .ThenByDescending(l => l.Filled)
            .ThenBy(l => l.Place)
            .First()
            .Place;
    }

    private static string Shown(string field) => PersonalNumber.IsIn(Encoding.UTF8.GetBytes(field)) ? NotShown : ImportRows.Shown(field);
}

/// <summary>A column of a file, as it stands.</summary>
/// <param name="Letter">As Excel names it.</param>
/// <param name="Heading">The text of its heading.</param>
/// <param name="Field">The template's column, when the heading is its name.</param>
/// <param name="Samples">What stands below.</param>
public sealed record PreviewedColumn(string Letter, string Heading, string? Field, IReadOnlyList<string> Samples);
