using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Web.Pages.Assessments;
using Microsoft.AspNetCore.Html;

namespace FinsamOutcomes.Web.Drawing;

/// <summary>
/// A participant's answers to one question, from start to exit: a line that goes up when it gets better, whichever end of the scale is best. An
/// answer that is missing is told in words and breaks the line; it never stands on the scale.
/// </summary>
internal static class AnswerLine
{
    private const int Height = 66;
    private const double Best = 20;
    private const double Worst = 58;

    /// <summary>More occasions than this leave no room for words or every date.</summary>
    private const int Roomy = 4;

    /// <summary>When each answer was given, above the lines.</summary>
    public static IHtmlContent Heads(IReadOnlyList<AssessmentRow> occasions)
    {
        var svg = new SvgText(34, "answer-line", null);
        for (var i = 0; i < occasions.Count; i++)
        {
            var isEnd = i == 0 || i == occasions.Count - 1;
            if (occasions.Count > Roomy && !isEnd)
                continue;
            svg.Text(At(i, occasions.Count), 13, AssessmentWords.Occasion(occasions[i].Occasion), "answer-line__occasion");
            svg.Text(At(i, occasions.Count), 29, AssessmentWords.Date(occasions[i].AnsweredOn), "answer-line__date");
        }

        return svg.Finish();
    }

    public static IHtmlContent Draw(QuestionOverTime question, IReadOnlyList<AssessmentRow> occasions)
    {
        var (count, item) = (occasions.Count, question.Item);
        var svg = new SvgText(Height, "answer-line", question.InWords(occasions));
        svg.Line(0, Best, 100, Best, "answer-line__end");
        svg.Line(0, Worst, 100, Worst, "answer-line__end");
        for (var i = 1; i < count; i++)
        {
            if (question.Values[i - 1] is { } from && question.Values[i] is { } to)
                svg.Line(At(i - 1, count), Down(from), At(i, count), Down(to), "answer-line__line");
        }

        for (var i = 0; i < count; i++)
        {
            if (question.Values[i] is not { } value)
            {
                svg.Text(At(i, count), ((Best + Worst) / 2) + 4, count > Roomy ? "–" : question.Words[i], "answer-line__missing");
                continue;
            }

            svg.Dot(At(i, count), Down(value), 4.5, i == 0 ? "answer-line__dot answer-line__dot--first" : "answer-line__dot");
            svg.Text(At(i, count), Down(value) - 8, question.Words[i], "answer-line__value");
        }

        return svg.Finish();

        double Down(decimal value)
        {
            var share = (double)((value - item.ScaleMin) / (item.ScaleMax - item.ScaleMin));
            return Worst - ((item.IsHigherBetter ? share : 1 - share) * (Worst - Best));
        }
    }

    private static double At(int place, int count) => count == 1 ? 50 : 14 + (place * 72.0 / (count - 1));
}
