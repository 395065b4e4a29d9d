namespace FinsamOutcomes.Demo;

/// <summary>An invented insats: what the registry says about it, and, where people take part, how they come, stay and leave.</summary>
internal sealed class DemoInsats
{
    public required string Name { get; init; }

    public string? Parent { get; init; }

    public bool IsIndividual { get; init; } = true;

    /// <summary>False where only head counts are kept.</summary>
    public bool IsFollowedIndividually { get; init; } = true;

    public bool IsEsf { get; init; }

    public required DateOnly StartsOn { get; init; }

    public DateOnly? EndsOn { get; init; }

    public int? Capacity { get; init; }

    public required string Orientation { get; init; }

    public required string[] TargetGroups { get; init; }

    /// <summary>Null where nobody is registered one by one.</summary>
    public DemoFlow? Flow { get; init; }

    /// <summary>For 2022 and on: budgeted participants (null when none), budget and outcome in thousand kronor.</summary>
    public required (int? Participants, int Budget, int Outcome)[] Years { get; init; }
}

/// <summary>How people come to an insats, stay and leave. Shares are 0–1; weights need not sum to 1.</summary>
internal sealed class DemoFlow
{
    /// <summary>Persons referred in a year of full strength, besides those sent on from another insats.</summary>
    public required double ReferralsPerYear { get; init; }

    /// <summary>Persons who stand in queue when the insats opens.</summary>
    public required int OpeningQueue { get; init; }

    /// <summary>Median stay of those who do not drop out.</summary>
    public required int MedianDays { get; init; }

    /// <summary>Standard deviation of the logarithm of the stay.</summary>
    public double Spread { get; init; } = 0.42;

    public required double DropoutShare { get; init; }

    public required double WomenShare { get; init; }

    /// <summary>Share of exits to work or studies, by woman or not and by time in calendar years (2022.0 is 1 January 2022).</summary>
    public required Func<bool, double, double> PositiveShare { get; init; }

    /// <summary>Of the positive exits: own work, subsidised work, own business, studies.</summary>
    public required (double Work, double Subsidised, double Business, double Studies) Positive { get; init; }

    /// <summary>Exit reasons of those who neither go to work or studies nor drop out.</summary>
    public required (string Reason, double Weight)[] OtherReasons { get; init; }

    /// <summary>Youngest and oldest age at entry, with a weight.</summary>
    public required ((int From, int To) Ages, double Weight)[] Ages { get; init; }

    /// <summary>Weights of the education levels in the order of the code list, unknown last.</summary>
    public required double[] Education { get; init; }

    public required (string Referrer, double Weight)[] Referrers { get; init; }

    public required (string Livelihood, double Weight)[] LivelihoodBefore { get; init; }

    /// <summary>Share who work or study a little already at entry.</summary>
    public double ActiveBefore { get; init; } = 0.06;

    /// <summary>Whether self-assessments are asked for here.</summary>
    public bool IsAssessed { get; init; } = true;

    /// <summary>New participants are only taken in when a term begins: January, August, September.</summary>
    public bool StartsWithTerms { get; init; }

    /// <summary>Insatser that those who leave for another insats are sent on to, if any.</summary>
    public string[] SendsOnTo { get; init; } = [];
}
