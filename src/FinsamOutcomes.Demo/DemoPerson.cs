namespace FinsamOutcomes.Demo;

/// <summary>An invented person: a code, never a name. Words are those of the import files.</summary>
internal sealed class DemoPerson
{
    public required string Code { get; init; }

    /// <summary><c>kvinna</c>, <c>man</c> or <c>okant</c>.</summary>
    public required string Gender { get; init; }

    public required int BirthYear { get; init; }

    /// <summary>The birth year was never asked for.</summary>
    public required bool HidesBirthYear { get; init; }

    public required string Education { get; init; }

    public List<DemoParticipation> Participations { get; } = [];

    public bool IsFree => Participations.TrueForAll(s => s.EndedOn is not null);
}

/// <summary>A participation as it comes about, day by day.</summary>
internal sealed class DemoParticipation
{
    public required DemoPerson Person { get; init; }

    public required DemoInsats Insats { get; init; }

    public required DateOnly QueuedOn { get; init; }

    /// <summary>When what comes before a start is done: meeting, consent, a plan.</summary>
    public required DateOnly ReadyOn { get; init; }

    public required string? Referrer { get; init; }

    public DateOnly? StartedOn { get; set; }

    /// <summary>The day it will end, known to the simulation from the start.</summary>
    public DateOnly? EndsOn { get; set; }

    public bool WillDropOut { get; set; }

    public DateOnly? EndedOn { get; set; }

    public string? Reason { get; set; }

    public bool? WasPlanned { get; set; }

    public DemoSituation? Before { get; set; }

    public DemoSituation? After { get; set; }

    public int AgeAt(DateOnly day) => day.Year - Person.BirthYear;
}

/// <summary>Livelihood, with percentages that sum to 100, and occupation.</summary>
internal sealed record DemoSituation
{
    public required (string Code, int Percent)[] Livelihood { get; init; }

    public int Work { get; init; }

    public int Study { get; init; }

    public bool SeeksWork { get; init; }
}
