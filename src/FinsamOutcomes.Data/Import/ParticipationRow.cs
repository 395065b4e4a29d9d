namespace FinsamOutcomes.Data.Import;

/// <summary>A participation, from the file or registered, packed so that millions fit in memory.</summary>
internal struct ParticipationRow
{
    /// <summary>The line of the file; 0 for one that is only registered.</summary>
    public int Line;

    /// <summary>0 for a new one.</summary>
    public int Id;

    /// <summary>Place in <see cref="ParticipantIndex"/>.</summary>
    public int Participant;

    /// <summary>Place among the insatser.</summary>
    public int Insats;

    /// <summary>The row before this one for the same person and insats; -1 for the first.</summary>
    public int Previous;

    // Day numbers; 0 is none.
    public int QueuedOn;
    public int StartedOn;
    public int EndedOn;

    // Positions in the code lists; -1 is none.
    public short Reason;
    public short Education;
    public short Referrer;

    /// <summary>1 yes, 0 no, -1 unknown.</summary>
    public sbyte IsPlanned;

    /// <summary>What the file adds has to be written.</summary>
    public bool IsChanged;

    /// <summary>Livelihood and occupation; null when nothing is said.</summary>
    public ParticipationDetails? Details;

    public readonly int From => StartedOn != 0 ? StartedOn : QueuedOn;

    public readonly int To => EndedOn != 0 ? EndedOn : int.MaxValue;
}

/// <summary>Livelihood and occupation of a participation, before (0) and after (1).</summary>
internal sealed class ParticipationDetails
{
    public static readonly string[] Occasions = ["before", "after"];

    public IReadOnlyList<(int Code, int Percent)>?[] Livelihood { get; } = new IReadOnlyList<(int Code, int Percent)>?[2];

    public (int Work, int Study, bool IsJobSeeking)?[] Occupation { get; } = new (int Work, int Study, bool IsJobSeeking)?[2];
}
