using System.Globalization;

namespace FinsamOutcomes.Data.Import;

/// <summary>One thing in the file that breaks a rule. Holds no personal data beyond the förbund's own participant code.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Line">The line of the file, the header being line 1; 0 for the file as a whole.</param>
/// <param name="Column">The column's name; empty for the row as a whole.</param>
/// <param name="Message">What is wrong, in Swedish.</param>
public sealed record ImportProblem(ImportRule Rule, int Line, string Column, string Message)
{
    /// <summary>
    /// The same without any word, number or date of the file's rows or the register: for a page that may not show anything
    /// about a person. A name may stand in any field of a file.
    /// </summary>
    public string WithoutValues { get; init; } = Message;
}

/// <summary>Everything found wrong with one file: all of it counted, the first part of it kept.</summary>
public sealed class ImportProblems
{
    /// <summary>So many are kept; further ones are only counted, so that a file with millions of errors is no danger.</summary>
    public const int MaxKept = 100_000;

    private readonly List<ImportProblem> _kept = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyList<ImportProblem> Kept => _kept;

    /// <summary>How many of each rule, by its code.</summary>
    public IReadOnlyDictionary<string, int> CountsByRule => _counts;

    public int Errors { get; private set; }

    public int Warnings { get; private set; }

    internal void Add(ImportRule rule, int line, string column, string message, string? withoutValues = null)
    {
        if (rule.IsWarning)
            Warnings++;
        else
            Errors++;
        _counts[rule.Code] = _counts.GetValueOrDefault(rule.Code) + 1;
        if (_kept.Count < MaxKept)
            _kept.Add(new ImportProblem(rule, line, column, message) { WithoutValues = withoutValues ?? message });
    }

    internal void Add(ImportRule rule, string message) => Add(rule, 0, "", message);

    /// <summary>In the order of the file, so that the reader goes through it once.</summary>
    internal void Sort() => _kept.Sort((a, b) => a.Line.CompareTo(b.Line));

    internal static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture).Replace('.', ',');
}
