using System.Globalization;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>
/// What a reader must know beside a comparison of before and after: which way is good, how small a change counts, how many
/// answered and who is missing, and that a change can have other causes than the insats.
/// </summary>
internal static class BeforeAfterNotes
{
    private const string Causes = "En förändring från start till avslut kan ha andra orsaker än insatsen: det finns ingen jämförelsegrupp.";

    /// <summary>True for what compares before and after, false for what only says how many there is something known of.</summary>
    public static bool Belong(MeasureLayout layout) =>
        layout.Measure.Name is "forsorjning" or "sysselsattning" or "sjalvskattning"
        && layout.Statistics.Any(s => !s.Name.StartsWith("n_", StringComparison.Ordinal) && s.Name is not ("before" or "before_all" or "share_before"));

    /// <summary>Who has answered, as the notes tell it.</summary>
    public static IReadOnlyList<string> Statistics { get; } = ["n_paired", "n_paired_positive", "n_paired_not_positive"];

    /// <summary>
    /// The answers with what the notes tell of them: who of the positive exits and of the others has answered, of the question that
    /// most have answered in each form.
    /// </summary>
    public static IReadOnlyList<MeasureCell> MostAnswered(IReadOnlyList<MeasureCell> answers)
    {
        var most = answers.Where(c => c.Statistic == Statistics[0]).GroupBy(c => c.Definition, StringComparer.Ordinal)
            .Select(form => (form.Key, form.MaxBy(c => c.Value ?? -1)!.Category)).ToHashSet();
        return [.. answers.Where(c => !Statistics.Skip(1).Contains(c.Statistic, StringComparer.Ordinal) || most.Contains((c.Definition, c.Category)))];
    }

    /// <summary>The notes of a laid-out measure.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="labels">Its questions.</param>
    /// <param name="answers">The same self-assessments undivided.</param>
    /// <param name="exits">The share of positive exits that they belong to.</param>
    /// <param name="policy">What may be told of small numbers.</param>
    public static IEnumerable<string> Of(
        LaidOutMeasure measure,
        ReportLabels labels,
        IReadOnlyList<MeasureCell> answers,
        MeasureCell? exits,
        PublicationPolicy policy)
    {
        if (measure.Layout.Measure.Name == "sjalvskattning")
        {
            foreach (var note in Scales(measure, labels))
                yield return note;
            foreach (var note in Answered(answers, exits, policy))
                yield return note;
        }

        yield return Causes;
    }

    private static IEnumerable<string> Scales(LaidOutMeasure measure, ReportLabels labels)
    {
        var place = measure.Layout.Rows.ToList().IndexOf("category");
        var codes = (
            place >= 0 ? measure.Rows.Select(r => r[place])
            : measure.Layout.Column == "category" ? measure.Columns
            : []).ToHashSet(StringComparer.Ordinal);
        var items = labels.Measures.Items.Where(i => codes.Contains(Code(i))).ToList();
        if (items.Count == 0)
            yield break;
        var (higher, lower) = (items.Where(i => i.IsHigherBetter).ToList(), items.Where(i => !i.IsHigherBetter).ToList());
        yield return lower.Count == 0 ? "Högre är bättre."
        : higher.Count == 0 ? "Lägre är bättre."
        : $"Lägre är bättre: {Names(lower)}. Högre är bättre: {Names(higher)}.";
        var changes = items
            .GroupBy(i => i.SmallestChange)
            .OrderBy(g => g.Key)
            .Select(g => (Text: g.Key <= 0 ? "varje förändring räknas" : $"minst {Swedish.Number(g.Key, Decimals(g.Key))}", Items: g.ToList()))
            .ToList();
        yield return changes is [var only]
            ? $"Förändring som räknas som bättre eller sämre: {only.Text}."
            : $"Förändring som räknas som bättre eller sämre: {string.Join("; ", changes.Select(c => $"{c.Text} ({Names(c.Items)})"))}.";

        string Code(MeasureItemRow item) => ReportLabels.ItemCode(labels.Measures.Instrument(item), item.Item);

        string Names(IEnumerable<MeasureItemRow> some) =>
            string.Join(", ", some.Select(i => $"”{labels.Of(measure.Layout.Measure, "category", Code(i))}”").Distinct(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Answered(IReadOnlyList<MeasureCell> answers, MeasureCell? exits, PublicationPolicy policy)
    {
        if (exits is not { Denominator: > 0 and var all })
            yield break;
        var instruments = answers
            .Where(c => c.Statistic == "n_paired" && c.State is CellState.Shown or CellState.Hidden or CellState.Protecting)
            .GroupBy(c => c.Definition, StringComparer.Ordinal)
            .ToList();
        foreach (var instrument in instruments)
        {
            // Questions of one form are answered together, but for those that are skipped: the most answered one tells how many.
            var most = instrument.MaxBy(c => c.Value ?? -1)!;
            var name = instruments.Count > 1 ? $" ({instrument.Key})" : "";
            if (most.Value is not { } pairs || Told((long)pairs, all, policy) is not { } rate)
            {
                yield return $"Hur många av {Swedish.Count(all)} avslut som har svar både vid start och avslut visas inte{name}: antalet är dolt.";
                continue;
            }

            var by = exits is { State: CellState.Shown, Numerator: { } positive }
                ? (Positive: Group("n_paired_positive", positive), Others: Group("n_paired_not_positive", all - positive))
                : default;
            var what = instrument.All(c => c.Value == most.Value)
                ? "Svar både vid start och avslut finns"
                : "På den fråga som flest har svarat på finns svar både vid start och avslut";
            yield return $"{what} för {rate} avslut{name}"
                + (
                    by is { Positive: { } yes, Others: { } no }
                        ? $": för {yes} positiva och {no} övriga. De som saknas kan ha haft en annan utveckling."
                        : ". De som saknas kan ha haft en annan utveckling; hur utfallet var för dem visas inte, eftersom antalen är dolda.");

            string? Group(string statistic, long of) =>
                answers.FirstOrDefault(c => c.Statistic == statistic && c.Definition == most.Definition && c.Category == most.Category)
                    is { State: CellState.Shown, Value: { } number }
                    ? Told((long)number, of, policy)
                    : null;
        }
    }

    // Of numbers that have passed the gate one by one, together with their share.
    private static string? Told(long number, long of, PublicationPolicy policy)
    {
        if (number > of || DisclosureControl.Share(policy, Share.Of(number, of)) is not { } share)
            return null;
        var counts = $"{Swedish.Count(share.Numerator)} av {Swedish.Count(share.Denominator)}";
        return share.CarriesHeadline ? $"{counts} ({Swedish.Percent(share.Value!.Value)})" : counts;
    }

    private static int Decimals(double change) =>
        change.ToString("0.####", CultureInfo.InvariantCulture) is var text && text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot
            ? text.Length - dot - 1
            : 0;
}
