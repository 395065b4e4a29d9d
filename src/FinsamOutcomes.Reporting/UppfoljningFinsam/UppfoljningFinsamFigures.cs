using FinsamOutcomes.Data.Funds;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>The figures of a hand-over.</summary>
public sealed record UppfoljningFinsamFigures
{
    private IReadOnlyList<UppfoljningFinsamToSettle>? _toSettle;

    public required int ForbundId { get; init; }

    /// <summary>The moment that the figures are from.</summary>
    public required RegisterMoment Moment { get; init; }

    public required int Year { get; init; }

    /// <summary>0 for the whole year, else 1 or 2.</summary>
    public required int Half { get; init; }

    public UppfoljningFinsamPeriod Period => new(Year, Half);

    /// <summary>The books of a year are known after it: until then its outcome is not asked about.</summary>
    public required bool IsYearOver { get; init; }

    /// <summary>The fields that the form asks now, each role's in order.</summary>
    public required IReadOnlyList<NationalFormFieldRow> Form { get; init; }

    public required UppfoljningFinsamForbundRow Forbund { get; init; }

    /// <summary>The funds of the year by kind of member, also those that it has nobody of.</summary>
    public required IReadOnlyList<FundsOfKindRow> Funds { get; init; }

    /// <summary>The members of the year.</summary>
    public required IReadOnlyList<ContributionRow> Contributions { get; init; }

    /// <summary>The förbund's own costs of the year, administration and other.</summary>
    public required IReadOnlyList<ForbundCostRow> Costs { get; init; }

    public required IReadOnlyList<UppfoljningFinsamInsatsRow> Insatser { get; init; }

    public required ILookup<int, string> TargetGroups { get; init; }

    public required IReadOnlyDictionary<(int InsatsId, string Gender), UppfoljningFinsamParticipantsRow> Participants { get; init; }

    /// <summary>People in what is structural of an insats, without gender; none where nobody has counted.</summary>
    public required IReadOnlyDictionary<int, UppfoljningFinsamStructuralRow> Structural { get; init; }

    /// <summary>Delprojekt of the other orientation than their insats.</summary>
    public required IReadOnlyList<UppfoljningFinsamMixedOrientationRow> MixedOrientations { get; init; }

    public required IReadOnlyList<UppfoljningFinsamUnknownGenderRow> UnknownGender { get; init; }

    /// <summary>Insatser that have closed with somebody still in them.</summary>
    public required IReadOnlyList<UppfoljningFinsamMissedExitRow> MissedExits { get; init; }

    /// <summary>Delprojekt that go on in an insats that has closed.</summary>
    public required IReadOnlyList<UppfoljningFinsamLeftOutRow> LeftOut { get; init; }

    /// <summary>Numbers of a time when their insats was not open.</summary>
    public required IReadOnlyList<UppfoljningFinsamOutsideCountRow> OutsideCounts { get; init; }

    /// <summary>Numbers that nobody has written down, or that were written for the whole year only.</summary>
    public required IReadOnlyList<UppfoljningFinsamMissingCountRow> MissingCounts { get; init; }

    /// <summary>Insatser and delprojekt without a figure that the form asks for.</summary>
    public required IReadOnlyList<UppfoljningFinsamMissingMoneyRow> MissingMoney { get; init; }

    /// <summary>What must be settled before the hand-over: nothing means that every field that applies is filled in.</summary>
    public IReadOnlyList<UppfoljningFinsamToSettle> ToSettle => _toSettle ??= UppfoljningFinsamReadiness.ToSettle(this);

    /// <summary>Says of which insatser the anonymous participants of a whole year are at most so many persons; empty when of none.</summary>
    public string AtMost
    {
        get
        {
            var added = Participants.Values.Where(p => p.IsAtMost)
                .Select(p => p.InsatsId)
                .Concat(Structural.Values.Where(s => s.IsAtMost).Select(s => s.InsatsId))
                .ToHashSet();
            var names = Insatser.Where(i => added.Contains(i.InsatsId)).Select(i => i.Insats).ToList();
            return names.Count == 0
                ? ""
                : $"Antalen för hela året är högst så många personer i {string.Join(", ", names)}: "
                    + "två halvårs antal är hoplagda, och den som var med i båda är räknad två gånger.";
        }
    }

    /// <summary>Persons of a gender in an insats, anonymous included, and how many of them are anonymous.</summary>
    public (long All, long Anonymous) Count(int insatsId, string gender) =>
        Participants.TryGetValue((insatsId, gender), out var row) ? (row.Persons + row.Anonymous, row.Anonymous) : (0, 0);

    /// <summary>False when a part of the number has not been written down: nought would then claim that nobody took part.</summary>
    public bool IsCounted(int insatsId, string gender) =>
        !MissingCounts.Any(m => m.TopInsatsId == insatsId && m.Gender == gender && !m.IsStructural);

    /// <summary>People in what is structural of an insats, without gender; null when a part of the number has not been written down.</summary>
    public long? StructuralCount(int insatsId) =>
        MissingCounts.Any(m => m.TopInsatsId == insatsId && m.IsStructural) ? null : Structural.GetValueOrDefault(insatsId)?.NumberOfPeople ?? 0;
}
