using System.Globalization;
using FinsamOutcomes.Web.Pages.Participants;
using FinsamOutcomes.Web.Pages.Participations;
using Microsoft.AspNetCore.Html;

namespace FinsamOutcomes.Web.Drawing;

/// <summary>A participant's stays below each other on one line of time: the queue as a thin line, the stay as a bar, assessments as dots in it.</summary>
internal static class StayLines
{
    private const int Top = 22;
    private const int Row = 44;

    public static IHtmlContent Draw(IReadOnlyList<ParticipationPanel> panels, DateOnly today)
    {
        var stays = panels.Where(p => !p.Participation.IsMisregistered).OrderBy(p => p.From).ToList();
        var (first, last) = (stays.Min(s => s.From), stays.Max(s => s.Participation.Row.EndedOn ?? today));
        // A little air on both sides, and never less than a year: a day is no bar across the page.
        var (from, to) = (first.AddDays(-15), last.AddDays(15));
        if (to.DayNumber - from.DayNumber < 365)
            from = to.AddDays(-365);
        var svg = new SvgText(Top + (stays.Count * Row) + 4, "stay-lines", string.Join(" ", stays.Select(InWords)));
        var bottom = Top + (stays.Count * Row);
        var years = Enumerable.Range(from.Year + 1, to.Year - from.Year).ToList();
        var step = Math.Max(1, (years.Count + 5) / 6);
        foreach (var year in years)
        {
            var x = At(new DateOnly(year, 1, 1));
            svg.Line(x, Top - 4, x, bottom, "stay-lines__year");
            if ((to.Year - year) % step == 0 && x is > 4 and < 96)
                svg.Text(x, 13, year.ToString(CultureInfo.InvariantCulture), "stay-lines__label");
        }

        if (stays.Any(s => !s.Participation.IsEnded))
            svg.Line(At(today), Top - 4, At(today), bottom, "stay-lines__today");
        for (var i = 0; i < stays.Count; i++)
        {
            var (row, y) = (stays[i].Participation.Row, Top + (i * Row));
            svg.Text(0, y + 14, $"{stays[i].Participation.Insats}, {stays[i].Participation.Status.ToLowerInvariant()}", "stay-lines__insats", "start");
            var end = row.EndedOn ?? today;
            if (row.QueuedOn is { } queued)
                svg.Line(At(queued), y + 28, At(row.StartedOn ?? end), y + 28, "stay-lines__queue");
            if (row.StartedOn is { } started)
                svg.Bar(At(started), At(end), y + 22, 12, row.EndedOn is null ? "stay-lines__bar stay-lines__bar--ongoing" : "stay-lines__bar");
            foreach (var (assessment, _) in stays[i].Assessments)
                svg.Dot(At(assessment.AnsweredOn), y + 28, 3.5, "stay-lines__assessment");
        }

        return svg.Finish();

        double At(DateOnly day) => Math.Clamp((day.DayNumber - from.DayNumber) * 100.0 / (to.DayNumber - from.DayNumber), 0, 100);
    }

    private static string InWords(ParticipationPanel panel)
    {
        var row = panel.Participation.Row;
        var parts = new List<string>();
        if (row.QueuedOn is { } queued)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"i kö från {queued:yyyy-MM-dd}"));
        if (row.StartedOn is { } started)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"inskriven {started:yyyy-MM-dd}"));
        if (row.EndedOn is { } ended)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{(row.StartedOn is null ? "lämnade kön" : "utskriven")} {ended:yyyy-MM-dd}"));
        if (panel.Assessments.Count > 0)
            parts.Add(panel.Assessments.Count == 1 ? "en skattning" : $"{panel.Assessments.Count} skattningar");
        return $"{panel.Participation.Insats}: {string.Join(", ", parts)}.";
    }
}
