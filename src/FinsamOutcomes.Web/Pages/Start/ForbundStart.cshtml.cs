using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Todo;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Reporting.StatisticsPage;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Pages.Assessments;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Start;

/// <summary>What needs doing, for each role.</summary>
public sealed class ForbundStartModel(
    CurrentAccess access,
    FinsamDatabase database,
    TodoStore todo,
    CaseworkerStore caseworkers,
    InsatsStore insatser,
    HeadCountStore headCounts,
    StatisticsService board,
    AccessRequestStore requests,
    RuleRequestStore rules,
    ReachStore reach,
    ErasureStore erasures,
    DeliveryStore deliveries,
    PresenceStore presence,
    ShownPeople shown) : PageModel
{
    /// <summary>How many of each list the page shows.</summary>
    public const int Shown = 5;

    /// <summary>Whose work the caseworker asks for.</summary>
    [BindProperty(SupportsGet = true, Name = "vems")]
    public string? Asked { get; set; }

    /// <summary>What the caseworker has to do, of those that are chosen; null for other roles.</summary>
    public TodoList? Todo { get; private set; }

    public WhoseChoice Whose { get; private set; } = null!;

    /// <summary>Assessments due, by pile.</summary>
    public IReadOnlyList<DuePile> Piles { get; private set; } = [];

    /// <summary>Own count-only insatser whose numbers are missing for a time that has ended.</summary>
    public IReadOnlyList<MissingCount> MissingCounts { get; private set; } = [];

    public bool HasInsatser { get; private set; }

    /// <summary>The board's question answered for this year so far, women and men and against last year; empty for other roles.</summary>
    public IReadOnlyList<StatisticsSentence> Answer { get; private set; } = [];

    /// <summary>Users who may not save more names until the administrator has looked.</summary>
    public int StoppedUsers { get; private set; }

    public DateOnly Today => database.Today;

    /// <summary>Own insatser with participants, whose statistics the user may see.</summary>
    public IReadOnlyList<InsatsRow> Followed { get; private set; } = [];

    /// <summary>Requests that wait for the administrator's answer: about accounts, and to open somebody who has left.</summary>
    public (int Accounts, int Rules, int Openings, int Erasures) Waiting { get; private set; }

    /// <summary>Participants whose time has run out; 0 for other roles.</summary>
    public int Due { get; private set; }

    /// <summary>What has been handed over to Uppföljning Finsam and rests on something that has changed since; empty for other roles.</summary>
    public IReadOnlyList<(UppfoljningFinsamPeriod Period, int Changes)> ChangedPeriods { get; private set; } = [];

    public bool HasOwnInsatser => access.OwnInsatser.Count > 0;

    public bool IsNothingToDo => Todo?.Count == 0 && MissingCounts.Count == 0;

    public async Task OnGetAsync()
    {
        var all = (await insatser.TreeAsync(access.ForbundId, HttpContext.RequestAborted))
            .SelectMany(n => n.Delprojekt.Prepend(n))
            .Select(n => n.Insats)
            .ToList();
        HasInsatser = all.Count > 0;
        if (access.ReachOf("/f/{forbundId:int}/insatser/{insatsId:int}/statistik") == Reach.Own)
            Followed = [.. all.Where(i => i.FollowUpMethod == "individual" && access.OwnInsatser.Contains(i.Id))];
        if (access.Has(Role.Caseworker) || access.Has(Role.InsatsManager))
            MissingCounts = await MissingAsync([.. all.Where(i => i.FollowUpMethod == "count" && access.OwnInsatser.Contains(i.Id))]);
        if (access.Has(Role.ProcessSupporter) && HasInsatser)
            Answer = await board.AnswerAsync(
                access.Forbund,
                new StatisticsFilter { From = new DateOnly(Today.Year, 1, 1), To = Today },
                HttpContext.RequestAborted);
        if (access.Has(Role.Administrator))
        {
            ChangedPeriods = await deliveries.ChangedPeriodsAsync(
                access.ForbundId,
                await deliveries.AllAsync(access.ForbundId, HttpContext.RequestAborted),
                HttpContext.RequestAborted);
            StoppedUsers = await presence.CountStoppedAsync(access.ForbundId, HttpContext.RequestAborted);
            Waiting = (
                (await requests.WaitingAsync(access.ForbundId, HttpContext.RequestAborted)).Count(r => r.Row.AskedById != access.UserId),
                (await rules.WaitingAsync(access.ForbundId, HttpContext.RequestAborted)).Count(r => r.Row.AskedById != access.UserId),
                (await reach.OpeningsAsync(access.ForbundId, null, HttpContext.RequestAborted)).Count(o => o.State == "asked" && o.UserId != access.UserId),
                (await erasures.LatestAsync(access.ForbundId, HttpContext.RequestAborted)).Count(e => e.State == "asked" && e.AskedById != access.UserId));
            Due = (await erasures.DueAsync(access.ForbundId, HttpContext.RequestAborted)).Count;
        }

        if (!access.Has(Role.Caseworker))
            return;
        var everything = await todo.OfUserAsync(access.ForbundId, access.UserId, cancellationToken: HttpContext.RequestAborted);
        var followed = await caseworkers.FollowedAsync(access.ForbundId, access.UserId, HttpContext.RequestAborted);
        Whose = new WhoseChoice(
            WhoseChoice.Of(Asked, followed),
            Enum.GetValues<Whose>().ToDictionary(w => w, w => everything.Of(w, followed).Count),
            followed.HasOwn,
            word => $"/f/{access.ForbundId}?vems={word}");
        Todo = everything.Of(Whose.Chosen, followed);
        shown.AddNamed(Todo.ExitsWithoutReason.Take(Shown).Concat(Todo.LongInQueue.Take(Shown)).Select(r => r.ParticipantId));
        shown.AddNamed(Todo.AssessmentsDue.DistinctBy(d => d.ParticipationId).Take(Shown).Select(d => d.ParticipantId));
        shown.AddNamed(Todo.MissingConsents.Select(r => r.ParticipantId).Concat(Todo.CorrectionRequests.Select(r => r.ParticipantId)));
        Piles =
        [
            .. Todo.AssessmentsDue
                .GroupBy(d => (d.InsatsId, d.Insats, d.InstrumentId, d.Instrument, d.Occasion))
                .OrderByDescending(g => g.Count())
                .Select(g => new DuePile(
                    g.Key.Insats,
                    g.Key.Instrument,
                    AssessmentWords.Occasion(g.Key.Occasion).ToLower(CultureInfo.GetCultureInfo("sv-SE")),
                    g.Count(),
                    new AssessmentPile(g.Key.InsatsId, g.Key.InstrumentId, g.Key.Occasion, database.Today).Address(access.ForbundId)
                        + $"&vems={WhoseChoice.Word(Whose.Chosen)}")),
        ];
    }

    // The year before, and in the autumn the first half of this year where the insats is counted by halves.
    private async Task<IReadOnlyList<MissingCount>> MissingAsync(IReadOnlyList<InsatsRow> counted)
    {
        if (counted.Count == 0)
            return [];
        var (year, missing) = (database.Today.Year, new List<MissingCount>());
        var before = (await headCounts.MissingAsync(access.ForbundId, year - 1, HttpContext.RequestAborted)).ToLookup(m => m.InsatsId);
        var now = (await headCounts.MissingAsync(access.ForbundId, year, HttpContext.RequestAborted)).Where(m => m.IsByHalf).ToLookup(m => m.InsatsId);
        foreach (var insats in counted)
        {
            missing.AddRange(Of(insats.Name, year - 1, [.. before[insats.Id]]));
            missing.AddRange(Of(insats.Name, year, [.. now[insats.Id]]));
        }

        return missing;
    }

    // A line for each half, or one for the year where all of it is reported at once; of whom, where the others are there.
    private static IEnumerable<MissingCount> Of(string insats, int year, List<MissingHeadCountRow> rows)
    {
        foreach (var part in rows.GroupBy(m => m.IsByHalf ? m.Half : 0))
        {
            var genders = part.Select(m => m.Gender).Distinct().ToList();
            var period = part.Key switch
            {
                0 => $"{year}",
                1 => $"januari–juni {year}",
                _ => $"juli–december {year}",
            };
            yield return new MissingCount(
                insats,
                year,
                genders switch { ["woman"] => $"{period}, kvinnor", ["man"] => $"{period}, män", _ => period },
                part.Key == 0 ? "" : "&per=halvar");
        }
    }
}

/// <summary>Assessments due in one insats, with one instrument, at one occasion.</summary>
public sealed record DuePile(string Insats, string Instrument, string Occasion, int Count, string Address);

/// <summary>A count-only insats without numbers for a time that has ended.</summary>
public sealed record MissingCount(string Insats, int CalendarYear, string Period, string Query);
