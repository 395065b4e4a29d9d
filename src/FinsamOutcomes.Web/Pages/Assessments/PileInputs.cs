using System.Globalization;
using FinsamOutcomes.Data.Participants;

namespace FinsamOutcomes.Web.Pages.Assessments;

/// <summary>A pile of papers: one insats, one instrument, one occasion, one day.</summary>
public sealed record AssessmentPile(int InsatsId, int InstrumentId, string Occasion, DateOnly AnsweredOn)
{
    /// <summary>The page of the pile, of all in the insats.</summary>
    public string Address(int forbundId)
    {
        var occasion = AssessmentWords.Occasions.First(o => o.Code == Occasion).Word;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"/f/{forbundId}/sjalvskattningar?insats={InsatsId}&instrument={InstrumentId}&tillfalle={occasion}&datum={AssessmentWords.Date(AnsweredOn)}");
    }
}

/// <summary>What is chosen to open a pile.</summary>
public sealed class PileChoice
{
    public int? InsatsId { get; set; }

    public int? InstrumentId { get; set; }

    public string? Occasion { get; set; }

    public DateOnly AnsweredOn { get; set; }
}

/// <summary>What says on a paper whose it is.</summary>
public sealed class PaperSearch
{
    public string? Text { get; set; }
}

/// <summary>Somebody whose paper it may be.</summary>
/// <param name="Hit">Who was found.</param>
/// <param name="ParticipationId">Their latest stay in the pile's insats; null when they have only stood in its queue.</param>
public sealed record PaperHit(ParticipantHit Hit, int? ParticipationId);
