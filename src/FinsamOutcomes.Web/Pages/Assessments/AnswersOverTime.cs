using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Reporting;

namespace FinsamOutcomes.Web.Pages.Assessments;

/// <summary>Which way the answers to a question have gone, from the first to the latest.</summary>
public enum AnswersWay
{
    /// <summary>Fewer than two answers.</summary>
    Unknown,
    Better,
    Worse,
    Same,
}

/// <summary>What one participant has answered to an instrument in a stay, the oldest first.</summary>
public sealed record AnswersOverTime(InstrumentRow Instrument, IReadOnlyList<AssessmentRow> Occasions, IReadOnlyList<QuestionOverTime> Questions)
{
    /// <summary>By instrument; there is nothing over time of what was answered once.</summary>
    /// <param name="assessments">Of a stay, the oldest first.</param>
    /// <param name="instruments">By id.</param>
    /// <param name="items">The questions of an instrument.</param>
    public static async Task<IReadOnlyList<AnswersOverTime>> OfAsync(
        IReadOnlyList<Assessment> assessments,
        IReadOnlyDictionary<int, InstrumentRow> instruments,
        Func<int, Task<IReadOnlyList<InstrumentItem>>> items)
    {
        ArgumentNullException.ThrowIfNull(assessments);
        ArgumentNullException.ThrowIfNull(instruments);
        ArgumentNullException.ThrowIfNull(items);
        var found = new List<AnswersOverTime>();
        foreach (var given in assessments.GroupBy(a => a.Row.InstrumentId).Where(g => g.Count() > 1))
        {
            var answers = given.Select(a => a.Answers.ToDictionary(x => x.ItemCode, StringComparer.OrdinalIgnoreCase)).ToList();
            found.Add(new AnswersOverTime(
                instruments[given.Key],
                [.. given.Select(a => a.Row)],
                [
                    .. (await items(given.Key)).Select(item => new QuestionOverTime(
                        item.Texts.GetValueOrDefault("sv") ?? item.Row.Code,
                        item.Row,
                        [.. answers.Select(a => a.GetValueOrDefault(item.Row.Code))])),
                ]));
        }

        return found;
    }

    /// <summary>How many questions have gone each way.</summary>
    public string Summary
    {
        get
        {
            var parts = new[]
            {
                (AnswersWay.Better, "bättre"), (AnswersWay.Same, "oförändrat"), (AnswersWay.Worse, "sämre"), (AnswersWay.Unknown, "går inte att jämföra"),
            }
                .Select(w => (Word: w.Item2, Count: Questions.Count(q => q.Way == w.Item1)))
                .Where(w => w.Count > 0)
                .Select(w => $"{w.Word} i {Swedish.Counted(w.Count, "fråga", "frågor")}");
            return $"Från första till senaste svaret: {string.Join(", ", parts)}.";
        }
    }
}

/// <summary>The answers to one question. An answer is null where the assessment lacks the question.</summary>
public sealed record QuestionOverTime(string Text, InstrumentItemRow Item, IReadOnlyList<AnswerRow?> Answers)
{
    /// <summary>Null where there is no value, whatever the reason.</summary>
    public IReadOnlyList<decimal?> Values { get; } = [.. Answers.Select(a => a?.Value)];

    /// <summary>Each answer, or why it is missing.</summary>
    public IReadOnlyList<string> Words { get; } =
        [.. Answers.Select(a => a is null ? "svar saknas" : AssessmentWords.Answer(a.Value, a.MissingReason))];

    /// <summary>A change smaller than the instrument's own smallest is none.</summary>
    public AnswersWay Way
    {
        get
        {
            var known = Values.OfType<decimal>().ToList();
            if (known.Count < 2)
                return AnswersWay.Unknown;
            var change = (known[^1] - known[0]) * (Item.IsHigherBetter ? 1 : -1);
            return change == 0 || Math.Abs(change) < Item.SmallestChange ? AnswersWay.Same : change > 0 ? AnswersWay.Better : AnswersWay.Worse;
        }
    }

    public string WayWord => Way switch
    {
        AnswersWay.Better => "Bättre",
        AnswersWay.Worse => "Sämre",
        AnswersWay.Same => "Oförändrat",
        _ => "Går inte att jämföra",
    };

    /// <summary>What the figure shows.</summary>
    public string InWords(IReadOnlyList<AssessmentRow> occasions)
    {
        ArgumentNullException.ThrowIfNull(occasions);
        var answers = occasions.Select((o, i) => $"{AssessmentWords.Occasion(o.Occasion).ToLowerInvariant()} {AssessmentWords.Date(o.AnsweredOn)}: {Words[i]}");
        return $"{Text} {string.Join(", ", answers)}. {AssessmentWords.Scale(Item)}. {WayWord}.";
    }
}
