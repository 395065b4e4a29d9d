using System.Collections.Immutable;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>
/// What a count is of: a unit (<c>deltaganden/avslutade</c>) and the group it is limited to (<c>kön = Kvinnor</c>). The same
/// question printed in two places is one unknown.
/// </summary>
internal sealed class Question : IEquatable<Question>
{
    public const string Place = "plats";
    public const string Gender = "kön";
    public const string Period = "period";

    private readonly ImmutableSortedDictionary<string, string> _parts;

    private Question(string unit, ImmutableSortedDictionary<string, string> parts)
    {
        (Unit, _parts) = (unit, parts);
        Key = unit + string.Concat(parts.Select(p => $" | {p.Key} = {p.Value}"));
    }

    public string Unit { get; }

    public string Key { get; }

    public IEnumerable<string> Dimensions => _parts.Keys;

    /// <summary>The value of a dimension; null for all.</summary>
    public string? this[string dimension] => _parts.GetValueOrDefault(dimension);

    public static Question Of(string unit) => new(unit, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The same, limited to a value; null for all.</summary>
    public Question With(string dimension, string? value) =>
        new(Unit, value is null ? _parts.Remove(dimension) : _parts.SetItem(dimension, value));

    public Question Without(string dimension) => _parts.ContainsKey(dimension) ? With(dimension, value: null) : this;

    /// <summary>The same group, counted by another unit.</summary>
    public Question As(string unit) => new(unit, _parts);

    public bool Equals(Question? other) => other is not null && other.Key == Key;

    public override bool Equals(object? obj) => Equals(obj as Question);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);

    public override string ToString() => Key;
}

/// <summary>The units that are told apart.</summary>
internal static class Units
{
    public const string InPeriod = "deltaganden/i perioden";
    public const string New = "deltaganden/nya";
    public const string Ended = "deltaganden/avslutade";
    public const string Ongoing = "deltaganden/pågående";
    public const string Queue = "kö";
    public const string Persons = "personer/i perioden";
    public const string Anonymous = "personer/anonyma";
    public const string Structural = "personer/struktur";
    public const string Counted = "räknade";
    public const string Paired = "svar/båda";
    public const string StartOnly = "svar/bara start";
    public const string ExitOnly = "svar/bara avslut";
    public const string SumBefore = "summa/före";
    public const string SumAfter = "summa/efter";
    public const string SumOfChanges = "summa/förändring";
    public const string AtRisk = "följs";
    public const string Followed = "följda/alla";
    public const string FollowedEnded = "följda/avslutade";
    public const string FollowedOngoing = "följda/pågående";

    /// <summary>True where the parts of a partition add up to the whole: each is counted once.</summary>
    public static bool IsAdditive(string unit) => !unit.StartsWith("personer/", StringComparison.Ordinal) && unit != AtRisk;

    /// <summary>True for sums of answers, which are no counts.</summary>
    public static bool IsSum(string unit) => unit.StartsWith("summa/", StringComparison.Ordinal);

    /// <summary>What all of a unit are among; null for none.</summary>
    public static string? Whole(string unit) => unit switch
    {
        New or Ended or Ongoing => InPeriod,
        Paired or StartOnly or ExitOnly => Ended,
        "personer/nya" => New,
        "personer/avslutade" => Ended,
        "personer/pågående" => Ongoing,
        _ when unit.StartsWith("försörjning/", StringComparison.Ordinal) || unit.StartsWith("sysselsättning/", StringComparison.Ordinal) => Ended,
        _ => null,
    };
}
