using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>How counts of the same thing add up.</summary>
internal enum CountKind
{
    /// <summary>What happens in a period: months make the year, insatser the förbund, groups all.</summary>
    Event,

    /// <summary>A state on the period's last day: insatser make the förbund, groups all.</summary>
    State,

    /// <summary>Who is there in a period, from before or newly come: insatser make the förbund, groups all; months don't make the year.</summary>
    During,

    /// <summary>Each person once: only women and men make all; who is in two insatser, or of two ages in two stays, is one.</summary>
    Persons,
}

/// <summary>
/// One count of the register: of what, when and of whom. The same count has the same key wherever it is told: in a table, as the
/// denominator of a share, as n, in a sentence.
/// </summary>
internal sealed record CountKey(
    CountedThing Thing, DateOnly From, DateOnly To, string Insats, string Gender, string AgeGroup, string Education, string Referrer)
{
    /// <summary>The same count of another thing.</summary>
    public CountKey Of(CountedThing thing) => thing.Kind == CountKind.State && Thing.Kind != CountKind.State
        ? this with { Thing = thing, From = To }
        : this with { Thing = thing };
}

/// <summary>What is counted, and how it adds up.</summary>
internal readonly record struct CountedThing(string Name, CountKind Kind)
{
    private const string Changed = " n_changed";
    private const string Paired = " n_paired";

    public static readonly CountedThing Participations = new("participations", CountKind.During);
    public static readonly CountedThing New = new("new", CountKind.Event);
    public static readonly CountedThing Exits = new("exits", CountKind.Event);
    public static readonly CountedThing Ongoing = new("ongoing", CountKind.State);
    public static readonly CountedThing Queue = new("queue", CountKind.State);
    public static readonly CountedThing Persons = new("persons", CountKind.Persons);
    public static readonly CountedThing Registered = new("registered persons", CountKind.Persons);
    public static readonly CountedThing NewPersons = new("new persons", CountKind.Persons);
    public static readonly CountedThing EndedPersons = new("persons with an exit", CountKind.Persons);
    public static readonly CountedThing OngoingPersons = new("ongoing persons", CountKind.Persons);
    public static readonly CountedThing Anonymous = new("anonymous", CountKind.During);
    public static readonly CountedThing Structural = new("people in structural insatser", CountKind.During);
    public static readonly CountedThing NotNeutralExits = new("exits but for neutral ones", CountKind.Event);

    /// <summary>Participations that are followed in time: those without a day to follow are left out.</summary>
    public static readonly CountedThing Followed = new("followed", CountKind.During);
    public static readonly CountedThing FollowedOngoing = new("followed that go on", CountKind.State);
    public static readonly CountedThing FollowedExits = new("followed exits", CountKind.Event);

    public static CountedThing Positive(string definition, bool isNotNeutral = false) =>
        new($"positive {definition}{(isNotNeutral ? " but for neutral ones" : "")}", CountKind.Event);

    public static CountedThing Missing(string definition, bool isNotNeutral) =>
        new($"without what {definition} needs{(isNotNeutral ? " but for neutral ones" : "")}", CountKind.Event);

    public static CountedThing Reason(string reason) => new($"exit reason {reason}", CountKind.Event);

    /// <summary>Livelihood or occupation of those who ended: <paramref name="what"/> as in <see cref="MeasureCell.Statistic"/>.</summary>
    public static CountedThing BeforeAfter(string measure, string what) => new($"{measure} {what}", CountKind.Event);

    /// <summary>Answers to one question.</summary>
    public static CountedThing Answers(string? instrument, string? item, string what) => new($"answers {instrument} {item} {what}", CountKind.Event);

    /// <summary>What these are among, where they may not be told themselves; null where they stand alone.</summary>
    public CountedThing? Among =>
        this == Followed ? Participations
        : this == FollowedExits ? Exits
        : this == FollowedOngoing ? Ongoing
        : Name?.StartsWith("answers ", StringComparison.Ordinal) == true && Name.EndsWith(Changed, StringComparison.Ordinal)
            ? this with { Name = $"{Name[..^Changed.Length]}{Paired}" }
        : null;

    /// <summary>Whether all that this counts is counted by the other too.</summary>
    public bool IsAmong(CountedThing other)
    {
        const string Answers = "answers ";
        if (Kind == CountKind.Persons || other.Kind == CountKind.Persons || this == other)
            return false;
        if (Among == other)
            return true;
        if (other == Participations)
            return this == Exits || this == New || this == Ongoing;
        if (other == Exits)
            return Name.StartsWith("positive ", StringComparison.Ordinal) || Name.StartsWith(Reason("").Name, StringComparison.Ordinal) || IsPaired(this);
        return IsPaired(other) && Name.StartsWith(Answers, StringComparison.Ordinal)
            && Name.StartsWith(other.Name[..^Paired.Length], StringComparison.Ordinal) && !Name.EndsWith("_only", StringComparison.Ordinal);

        static bool IsPaired(CountedThing thing) =>
            thing.Name.StartsWith(Answers, StringComparison.Ordinal) && thing.Name.EndsWith(Paired, StringComparison.Ordinal);
    }

    /// <summary>What is left of one thing without another.</summary>
    public CountedThing Without(CountedThing part) => new($"{Name} without {part.Name}", Kind);
}

/// <summary>A count and its number.</summary>
internal readonly record struct ToldCount(CountKey Key, long Number);
