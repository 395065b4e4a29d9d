namespace FinsamOutcomes.Web.Pages.Assessments;

/// <summary>A pile of papers: one insats, one instrument, one occasion, one day.</summary>
public sealed record AssessmentPile(int InsatsId, int InstrumentId, string Occasion, DateOnly AnsweredOn);

/// <summary>What is chosen to open a pile.</summary>
public sealed class PileChoice
{
    public int? InsatsId { get; set; }

    public int? InstrumentId { get; set; }

    public string? Occasion { get; set; }

    public DateOnly AnsweredOn { get; set; }
}

/// <summary>The code on a paper.</summary>
public sealed class CodeInput
{
    public string? Code { get; set; }
}
