using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>A share as the three counts that it tells: each two of them give the third.</summary>
internal sealed record ToldShare(ToldCount Numerator, ToldCount Complement, ToldCount Denominator)
{
    /// <summary>What is printed of it.</summary>
    public IEnumerable<ToldCount> Printed => [Numerator, Denominator];
}

/// <summary>Which counts of the register a cell tells of, so that each is judged once wherever it stands.</summary>
internal sealed record CellCounts
{
    /// <summary>The cell is this count.</summary>
    public ToldCount? Count { get; init; }

    /// <summary>The cell is this share.</summary>
    public ToldShare? Share { get; init; }

    /// <summary>The n that is printed beside it.</summary>
    public ToldCount? N { get; init; }

    /// <summary>What a mean, median or test rests on, printed or not.</summary>
    public ToldCount? Base { get; init; }

    /// <summary>The parts of a whole that a test gives away by being there or not: whether it is rests on how many have changed.</summary>
    public (CountKey Whole, IReadOnlyList<CountKey> Parts)? TellsOf { get; init; }

    /// <summary>Exits without what the definition needs, told in a note.</summary>
    public ToldCount? Missing { get; init; }

    /// <summary>The shares that a difference or its test gives away, women first.</summary>
    public IReadOnlyList<ToldShare> RestsOn { get; init; } = [];

    /// <summary>A cost a head gives the heads, since the outcome in kronor is no secret.</summary>
    public ToldCount? Divisor { get; init; }

    /// <summary>What is 0 where a cell says that there is no data: saying so tells it.</summary>
    public IReadOnlyList<ToldCount> Noughts { get; init; } = [];

    /// <summary>The shares among what it tells: each has a rest, which is told though it is printed nowhere.</summary>
    public IEnumerable<ToldShare> Shares => Share is null ? RestsOn : [Share, .. RestsOn];

    /// <summary>What must all be told for the number to be.</summary>
    public IEnumerable<ToldCount?> Told => [Count, Divisor, .. Shares.SelectMany(s => s.Printed).Select(c => (ToldCount?)c)];

    /// <summary>Every count that is printed.</summary>
    public IEnumerable<ToldCount> Printed => Told.Append(N).Append(Missing).OfType<ToldCount>();

    /// <param name="request">What was asked for: it says what the shares are of, and who is left out.</param>
    /// <param name="cell">A cell of the answer, exact.</param>
    /// <param name="today">Nobody is followed longer: a year that goes on is the same period as the year until today.</param>
    public static CellCounts Of(MeasureRequest request, MeasureCell cell, DateOnly today)
    {
        var counts = OfCell(request, cell, today);
        return cell.State != CellState.NoData ? counts : counts with
        {
            Noughts =
            [
                .. new[] { counts.N, counts.Base, counts.Divisor }.OfType<ToldCount>().Concat(counts.RestsOn.Select(s => s.Denominator))
                    .Where(c => c.Number == 0).Distinct(),
            ],
        };
    }

    private static CellCounts OfCell(MeasureRequest request, MeasureCell cell, DateOnly today)
    {
        var at = new CountKey(
            default,
            cell.PeriodFrom,
            cell.PeriodTo < today ? cell.PeriodTo : today,
            cell.Insats,
            cell.Gender == MeasureCell.All ? request.Gender ?? cell.Gender : cell.Gender,
            cell.AgeGroup == MeasureCell.All ? request.AgeGroups ?? cell.AgeGroup : cell.AgeGroup,
            cell.Education,
            cell.Referrer);
        return cell.Measure switch
        {
            "deltaganden" => Counted(Participation(cell.Statistic)),
            "ko" => Counted(CountedThing.Queue),
            "personer" => Counted(Person(cell.Statistic)),
            "positiva-avslut" => Shared(Positive(), Positives(), MissingExits()),
            "genomstromning" => Shared(CountedThing.Exits, CountedThing.Participations),
            "konsskillnad" => new() { RestsOn = cell.RestsOn is [var women, var men] ? [Of("woman", women), Of("man", men)] : [] },
            "avslutsorsaker" => cell.Category == MeasureCell.All ? Counted(CountedThing.Exits)
                : cell.Statistic == "share" ? Shared(CountedThing.Reason(cell.Category!), CountedThing.Exits)
                : Counted(CountedThing.Reason(cell.Category!), CountedThing.Exits),
            "tid-i-insats" => Resting(cell.Statistic == "median_days_ended" ? CountedThing.FollowedExits : CountedThing.Followed),
            "tid-till-avslut" => Curve(),
            "forsorjning" or "sysselsattning" => BeforeAfter(),
            "sjalvskattning" => Answers(),
            "kostnad-per-deltagande" => new() { Divisor = Told(CountedThing.Participations, cell.N) },
            "kostnad-per-positivt-avslut" => new() { Divisor = Told(Positives(), cell.N) },
            _ => throw new ArgumentOutOfRangeException(nameof(cell), cell.Measure, "Nobody has said which counts this measure tells of."),
        };

        // Of nobody there is none of any kind, and a whole that says 0 tells so.
        CellCounts Counted(CountedThing thing, CountedThing? n = null) => new()
        {
            Count = Told(thing, cell is { State: CellState.NoData, N: 0 } && n is not null ? 0 : (long?)cell.Value),
            N = n is { } of ? Told(of, cell.N) : null,
        };

        CellCounts Shared(CountedThing numerator, CountedThing denominator, ToldCount? missing = null) => new()
        {
            Share = cell is { Numerator: { } x, Denominator: { } n } ? ShareOf(at, numerator, denominator, Statistics.Share.Of(x, n)) : null,
            N = Told(denominator, cell.N),
            Missing = missing,
        };

        CellCounts Resting(CountedThing on) => new() { N = Told(on, cell.N), Base = Told(on, cell.N) };

        ToldShare Of(string gender, Share share) => ShareOf(at with { Gender = gender }, Positive(), Positives(), share);

        ToldCount? Told(CountedThing thing, long? number) => number is { } count ? new(at.Of(thing), count) : null;

        bool IsNotNeutral() => request.Denominator == "avslutade-utom-neutrala";

        CountedThing Positive() => CountedThing.Positive(cell.Definition!, IsNotNeutral());

        CountedThing Positives() => request.Denominator switch
        {
            _ when cell.Measure == "kostnad-per-positivt-avslut" => CountedThing.Positive(cell.Definition!),
            "avslutade-utom-neutrala" => CountedThing.NotNeutralExits,
            "deltagande" => CountedThing.Participations,
            _ => CountedThing.Exits,
        };

        ToldCount? MissingExits() => Told(CountedThing.Missing(cell.Definition!, IsNotNeutral()), cell.Missing?.Number);

        CellCounts Curve() => cell.Statistic switch
        {
            "participations" => Counted(CountedThing.Followed) with { Missing = MissingExits() },
            "still_in" => Counted(CountedThing.FollowedOngoing),
            "at_risk" when cell.Category == "0" => Counted(CountedThing.New),
            _ => new() { N = Told(CountedThing.Followed, cell.Denominator) },
        };

        CellCounts BeforeAfter()
        {
            CountedThing Thing(string what) => CountedThing.BeforeAfter(cell.Measure, what);
            var paired = Thing("n_paired");
            return cell.Statistic switch
            {
                "before" or "after" => Counted(Thing($"{cell.Statistic} {cell.Category}"), paired),
                "share_before" or "share_after" => Shared(Thing($"{cell.Statistic["share_".Length..]} {cell.Category}"), paired),
                "before_all" or "after_all" => Counted(Thing($"{cell.Statistic} {cell.Category}"), Thing($"{cell.Statistic} n")),
                "transition" => Counted(Thing($"from {cell.FromCategory} to {cell.Category}"), paired),
                _ => Counted(Thing(cell.Statistic)),
            };
        }

        CellCounts Answers()
        {
            CountedThing Thing(string what) => CountedThing.Answers(cell.Definition, cell.Category, what);
            return cell.Statistic switch
            {
                "share_improved" or "share_unchanged" or "share_worse" => Shared(Thing(cell.Statistic["share_".Length..]), Thing("n_paired")),
                "improved" or "unchanged" or "worse" => Counted(Thing(cell.Statistic), Thing("n_paired")),
                "wilcoxon_v" or "wilcoxon_p" => Resting(Thing("n_changed")) with
                {
                    TellsOf = (at.Of(Thing("n_paired")), [at.Of(Thing("improved")), at.Of(Thing("unchanged")), at.Of(Thing("worse"))]),
                },
                "mean_before" or "mean_after" or "mean_change" or "median_change" => Resting(Thing("n_paired")),
                _ => Counted(Thing(cell.Statistic)),
            };
        }
    }

    private static CountedThing Participation(string statistic) => statistic switch
    {
        "in_period" => CountedThing.Participations,
        "new" => CountedThing.New,
        "ended" => CountedThing.Exits,
        _ => CountedThing.Ongoing,
    };

    private static CountedThing Person(string statistic) => statistic switch
    {
        "in_period" => CountedThing.Persons,
        "anonymous" => CountedThing.Anonymous,
        "structural" => CountedThing.Structural,
        "new" => CountedThing.NewPersons,
        "ended" => CountedThing.EndedPersons,
        _ => CountedThing.OngoingPersons,
    };

    private static ToldShare ShareOf(CountKey at, CountedThing numerator, CountedThing denominator, Share share)
    {
        // What goes on at the end is known by a name of its own.
        var rest = (numerator, denominator) == (CountedThing.Exits, CountedThing.Participations) ? CountedThing.Ongoing : denominator.Without(numerator);
        return new(new(at.Of(numerator), share.Numerator), new(at.Of(rest), share.Complement), new(at.Of(denominator), share.Denominator));
    }
}
