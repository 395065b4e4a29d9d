namespace FinsamOutcomes.Data.Import;

/// <summary>The signs of a CSV file, when they can't be told from the file itself.</summary>
public enum FileEncoding
{
    /// <summary>As the file shows.</summary>
    Seen,
    Utf8,
    Windows,
    Mac,
    Dos,
}

/// <summary>What whoever reads a file in has said of it, when it can't be seen from the file alone.</summary>
public sealed record ImportOptions
{
    /// <summary>How far down the headings may stand.</summary>
    public const int LastHeaderRow = 1_000;

    public static ImportOptions None { get; } = new();

    /// <summary>The words of the command line and addresses for encodings that can be chosen.</summary>
    public static IReadOnlyList<(string Word, FileEncoding Encoding, string Label)> Encodings { get; } =
    [
        ("utf-8", FileEncoding.Utf8, "UTF-8"),
        ("windows", FileEncoding.Windows, "Windows (1252)"),
        ("mac", FileEncoding.Mac, "Macintosh (Mac Roman)"),
        ("dos", FileEncoding.Dos, "DOS (850)"),
    ];

    /// <summary>A spreadsheet's number for a day, such as 45415, is read as that day.</summary>
    public bool ReadDayNumbers { get; init; }

    public FileEncoding Encoding { get; init; }

    /// <summary>The row of the headings, 1 for the first; null for the first row that isn't blank. What stands above is left out.</summary>
    public int? HeaderRow { get; init; }

    /// <summary>The sheet of a workbook; null for the first in sight that holds something.</summary>
    public string? Sheet { get; init; }

    /// <summary>What the file's own headings and words stand for; null when they are those of the template.</summary>
    public ImportMap? Map { get; init; }

    /// <summary>What the file says otherwise than the register is corrected; else it is a fault.</summary>
    public bool Correct { get; init; }

    /// <summary>The corrections that have been seen and may be saved (<see cref="ImportResult.ChangesDigest"/>); others are only told.</summary>
    public string? Confirmed { get; init; }

    /// <summary>Whether the row that the map remembers has the headings of this file: a guess, since the template's own files have them first.</summary>
    /// <param name="format">Of the file.</param>
    /// <param name="first">The first row that isn't blank; null when it isn't known.</param>
    /// <param name="remembered">The row that the map remembers.</param>
    internal bool HasHeadings(ImportFormat format, IEnumerable<string> first, IEnumerable<string> remembered)
    {
        var known = CodeLookup.Of([.. format.Columns.Select(c => c.Name)]);
        var found = Count(remembered);
        return found > 0 && found >= Count(first);

        int Count(IEnumerable<string> names) => names.Count(n => known.Find(n) >= 0 || Map?.Find(n) is not null);
    }
}
