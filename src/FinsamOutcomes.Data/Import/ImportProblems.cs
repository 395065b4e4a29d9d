using System.Globalization;
using FinsamOutcomes.Data.Participants;

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

    /// <summary>
    /// What stands in the field, short, when it is a word that could not be read; null where it may be a personal number. For the
    /// one who has the file and asks to see it, never for another file or a log.
    /// </summary>
    public string? Value { get; init; }

    /// <summary>The same where it can't be a name either.</summary>
    public string? ToldValue => Value is { } value && !ParticipantCode.LooksLikeName(value) ? value : null;

    /// <summary>The words that the field may hold; empty when they are not a list.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];
}

/// <summary>Everything found wrong with one file: all of it counted, the first part of it kept.</summary>
public sealed class ImportProblems
{
    /// <summary>So many are kept; further ones are only counted, so that a file with millions of errors is no danger.</summary>
    public const int MaxKept = 100_000;

    // A date that can't be read has eight.
    private const int MostDigits = 8;

    private readonly List<ImportProblem> _kept = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyList<ImportProblem> Kept => _kept;

    /// <summary>How many of each rule, by its code.</summary>
    public IReadOnlyDictionary<string, int> CountsByRule => _counts;

    public int Errors { get; private set; }

    public int Warnings { get; private set; }

    internal void Add(
        ImportRule rule,
        int line,
        string column,
        string message,
        string? withoutValues = null,
        string? value = null,
        IReadOnlyList<string>? allowed = null)
    {
        if (rule.IsWarning)
            Warnings++;
        else
            Errors++;
        _counts[rule.Code] = _counts.GetValueOrDefault(rule.Code) + 1;
        if (_kept.Count < MaxKept)
            _kept.Add(new ImportProblem(rule, line, column, message)
            {
                WithoutValues = withoutValues ?? message,
                Value = Tellable(value),
                Allowed = allowed ?? [],
            });
    }

    private static string? Tellable(string? value) => value is null || value.Count(char.IsDigit) > MostDigits ? null : ImportRows.Shown(value);

    internal void Add(ImportRule rule, string message) => Add(rule, 0, "", message);

    /// <summary>In the order of the file, so that the reader goes through it once.</summary>
    internal void Sort() => _kept.Sort((a, b) => a.Line.CompareTo(b.Line));

    internal static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture).Replace('.', ',');
}
