using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.StatisticsPage;

/// <summary>What the statistics page shows for one filter. Every number in it has passed the publishing gate.</summary>
public sealed record StatisticsView
{
    public required StatisticsFilter Filter { get; init; }

    /// <summary>The förbund's name.</summary>
    public required string Forbund { get; init; }

    /// <summary>The period in words.</summary>
    public required string Period { get; init; }

    /// <summary>The insats that is looked at; null for the whole förbund.</summary>
    public required string? Insats { get; init; }

    /// <summary>What the filter leaves: insats, age, gender; empty for everybody in the förbund.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>The definition of positive exit in words, with what the share is of.</summary>
    public required string Definition { get; init; }

    /// <summary>What the definition counts: the reasons for exit, in full.</summary>
    public required string Counted { get; init; }

    /// <summary>How small numbers are kept: "Internt underlag: …" or the policy's explanation.</summary>
    public required string PolicyText { get; init; }

    public required bool IsDemo { get; init; }

    /// <summary>The day the numbers were read from the register.</summary>
    public required DateOnly ReadOn { get; init; }

    public required StatisticsAnswer Answer { get; init; }

    /// <summary>What it all means, in a sentence or two.</summary>
    public required string Headline { get; init; }

    /// <summary>The period before in words: <c>året före</c>, <c>3 år tidigare</c>.</summary>
    public required string BeforeWords { get; init; }

    /// <summary>True when something is hidden somewhere on the page.</summary>
    public bool HasHidden => Parts.Any(p => p.HasHidden);

    /// <summary>The answer in plain Swedish, the most important first.</summary>
    public required IReadOnlyList<StatisticsSentence> Sentences { get; init; }

    /// <summary>Tables and figures in the order to show them.</summary>
    public required IReadOnlyList<StatisticsPart> Parts { get; init; }

    /// <summary>Some of them end before the last day that the answer counts: they are of whole months, tertials or years.</summary>
    public bool HasEarlierEnds => Parts.Any(p => p.Span is { } span && span.To < Filter.To);
}

/// <summary>A sentence of the answer.</summary>
/// <param name="About"><c>kon</c>, <c>ar</c>, <c>trend</c> or <c>underlag</c>.</param>
/// <param name="Text">One or two sentences in plain Swedish.</param>
public sealed record StatisticsSentence(string About, string Text);

/// <summary>A figure with its table and all that is needed to read them right.</summary>
public sealed record StatisticsPart
{
    /// <summary>File-name safe: <c>kon</c>, <c>jamforelse</c>, <c>utveckling</c>, <c>insatser</c>, <c>avslutsorsaker</c>, <c>laget</c>, <c>mal</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Null where there is nothing to draw; the table then says why.</summary>
    public required Figure? Figure { get; init; }

    public required ReportTable Table { get; init; }

    /// <summary>Period rule and definition of the measure, in full.</summary>
    public required string Definition { get; init; }

    /// <summary>What the part rests on; null when that is not told, or is no single number.</summary>
    public required long? N { get; init; }

    /// <summary>What it counts, where that is not the period of the view.</summary>
    public (DateOnly From, DateOnly To)? Span { get; init; }

    /// <summary>True when the view's definition of positive exit is part of what it counts.</summary>
    public bool IsOfPositiveExits { get; init; }

    /// <summary>True when the policy keeps some number of it back.</summary>
    public bool HasHidden => Table.Rows.Any(r => r.Cells.Any(c => c.State.IsKeptBack()));

    /// <summary>The part with a note more, in the picture and in the table.</summary>
    internal StatisticsPart With(string note) => this with
    {
        Figure = Figure is null ? null : Figure with { Notes = [.. Figure.Notes, note] },
        Table = Table with { Notes = [.. Table.Notes, note] },
    };
}

/// <summary>Exits that lack what the definition of positive exit needs.</summary>
/// <param name="Number">How many; null when that is hidden.</param>
/// <param name="Of">How many exits there are in all.</param>
/// <param name="IsOccupation">True when it is occupation before or after that is missing, false for the reason of the exit.</param>
internal sealed record StatisticsMissing(long? Number, long Of, bool IsOccupation);

/// <summary>The shares that the answer compares; null where the filter leaves them out.</summary>
public sealed record StatisticsAnswer
{
    public required MeasureCell? Women { get; init; }

    public required MeasureCell? Men { get; init; }

    public required MeasureCell All { get; init; }

    public required MeasureCell? WomenBefore { get; init; }

    public required MeasureCell? MenBefore { get; init; }

    /// <summary>Null when the calendar doesn't reach so far back.</summary>
    public required MeasureCell? AllBefore { get; init; }

    /// <summary>Women minus men, now; null when either is not shown.</summary>
    public ShareDifference? Gap => Difference(Women, Men);

    public ShareDifference? GapBefore => Difference(WomenBefore, MenBefore);

    /// <summary>Now minus before.</summary>
    public ShareDifference? Change => Difference(All, AllBefore);

    public ShareDifference? ChangeOfWomen => Difference(Women, WomenBefore);

    public ShareDifference? ChangeOfMen => Difference(Men, MenBefore);

    /// <summary>
    /// True when a difference that looks sure would not be, had every exit that lacks what the definition needs been positive
    /// in the group with the lower share: they count as not positive, until somebody fills in how it went.
    /// </summary>
    internal static bool DependsOnMissing(MeasureCell? first, MeasureCell? second)
    {
        if (Difference(first, second) is not { } seen || (seen.Lower <= 0 && seen.Upper >= 0))
            return false;
        return seen.Upper < 0
            ? ShareDifference.Of(AtMost(first!), Share.Of(second!.Numerator!.Value, second.Denominator!.Value)).Upper >= 0
            : ShareDifference.Of(Share.Of(first!.Numerator!.Value, first.Denominator!.Value), AtMost(second!)).Lower <= 0;
    }

    /// <summary>How many exits of a share lack what the definition needs; of a hidden number the largest that is hidden.</summary>
    internal static long Missing(MeasureCell? cell) => cell?.Missing is { } missing ? missing.Number ?? MostHidden : 0;

    private static Share AtMost(MeasureCell cell) => Share.Of(Math.Min(cell.Denominator!.Value, cell.Numerator!.Value + Missing(cell)), cell.Denominator.Value);

    private const long MostHidden = 4;

    /// <summary>As many decimals for every difference of the answer, so that sentences and table agree.</summary>
    public int Decimals =>
        PercentagePoints.Decimals(
            new[] { Gap, GapBefore, Change, ChangeOfWomen, ChangeOfMen }
                .OfType<ShareDifference>()
                .Where(d => d.Women.Denominator >= PercentagePoints.Few && d.Men.Denominator >= PercentagePoints.Few));

    /// <summary>Of cells that have passed the gate: two shares that may be shown say all that their difference says.</summary>
    internal static ShareDifference? Difference(MeasureCell? first, MeasureCell? second) =>
        first is { State: CellState.Shown } && second is { State: CellState.Shown }
            ? ShareDifference.Of(Share.Of(first.Numerator!.Value, first.Denominator!.Value), Share.Of(second.Numerator!.Value, second.Denominator!.Value))
            : null;
}
