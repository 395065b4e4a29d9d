using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Todo;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Reporting.Board;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Pages.Assessments;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Start;

/// <summary>What needs doing, for each role.</summary>
public sealed class ForbundStartModel(CurrentAccess access, FinsamDatabase database, TodoStore todo, InsatsStore insatser, HeadCountStore headCounts, BoardService board, AccessRequestStore requests, RuleRequestStore rules, ReachStore reach, PresenceStore presence, ShownPeople shown) : PageModel
{
    /// <summary>How many of each list the page shows.</summary>
    public const int Shown = 5;

    /// <summary>What the caseworker has to do; null for other roles.</summary>
    public TodoList? Todo { get; private set; }

    /// <summary>Assessments due, by pile.</summary>
    public IReadOnlyList<DuePile> Piles { get; private set; } = [];

    /// <summary>Own count-only insatser whose numbers are missing for a time that has ended.</summary>
    public IReadOnlyList<MissingCount> MissingCounts { get; private set; } = [];

    public bool HasInsatser { get; private set; }

    /// <summary>The board's question answered for this year so far, women and men and against last year; empty for other roles.</summary>
    public IReadOnlyList<BoardSentence> Answer { get; private set; } = [];

    /// <summary>Users who may not save more names until the administrator has looked.</summary>
    public int StoppedUsers { get; private set; }

    public DateOnly Today => database.Today;

    /// <summary>Own insatser with participants, whose statistics the user may see.</summary>
    public IReadOnlyList<InsatsRow> Followed { get; private set; } = [];

    /// <summary>Requests that wait for the administrator's answer: about accounts, and to open somebody who has left.</summary>
    public (int Accounts, int Rules, int Openings) Waiting { get; private set; }

    public bool HasOwnInsatser => access.OwnInsatser.Count > 0;

    public bool IsNothingToDo => Todo?.Count == 0 && MissingCounts.Count == 0;

    public async Task OnGetAsync()
    {
        var all = (await insatser.TreeAsync(access.ForbundId, HttpContext.RequestAborted)).SelectMany(n => n.Delprojekt.Prepend(n)).Select(n => n.Insats).ToList();
        HasInsatser = all.Count > 0;
        if (access.ReachOf("/f/{forbundId:int}/insatser/{insatsId:int}/statistik") == Reach.Own)
            Followed = [.. all.Where(i => i.FollowUpMethod == "individual" && access.OwnInsatser.Contains(i.Id))];
        if (access.Has(Role.Caseworker) || access.Has(Role.InsatsManager))
            MissingCounts = await MissingAsync([.. all.Where(i => i.FollowUpMethod == "count" && access.OwnInsatser.Contains(i.Id))]);
        if (access.Has(Role.ProcessSupporter) && HasInsatser)
            Answer = await board.AnswerAsync(access.Forbund, new BoardFilter { From = new DateOnly(Today.Year, 1, 1), To = Today }, HttpContext.RequestAborted);
        if (access.Has(Role.Administrator))
        {
            StoppedUsers = await presence.CountStoppedAsync(access.ForbundId, HttpContext.RequestAborted);
            Waiting = (
                (await requests.WaitingAsync(access.ForbundId, HttpContext.RequestAborted)).Count(r => r.Row.AskedById != access.UserId),
                (await rules.WaitingAsync(access.ForbundId, HttpContext.RequestAborted)).Count(r => r.Row.AskedById != access.UserId),
                (await reach.OpeningsAsync(access.ForbundId, null, HttpContext.RequestAborted)).Count(o => o.State == "asked" && o.UserId != access.UserId));
        }

        if (!access.Has(Role.Caseworker))
            return;
        Todo = await todo.OfUserAsync(access.ForbundId, access.UserId, cancellationToken: HttpContext.RequestAborted);
        shown.Add(Todo.ExitsWithoutReason.Take(Shown).Concat(Todo.LongInQueue.Take(Shown)).Select(r => r.ParticipantId));
        shown.Add(Todo.AssessmentsDue.DistinctBy(d => d.ParticipationId).Take(Shown).Select(d => d.ParticipantId));
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
                    string.Create(CultureInfo.InvariantCulture, $"/f/{access.ForbundId}/sjalvskattningar?insats={g.Key.InsatsId}&instrument={g.Key.InstrumentId}&tillfalle={AssessmentWords.Occasions.First(o => o.Code == g.Key.Occasion).Word}&datum={AssessmentWords.Date(database.Today)}"))),
        ];
    }

    // The year before, and in the autumn the first half of this year where the insats is counted by halves.
    private async Task<IReadOnlyList<MissingCount>> MissingAsync(IReadOnlyList<InsatsRow> counted)
    {
        if (counted.Count == 0)
            return [];
        var (today, last) = (database.Today, database.Today.Year - 1);
        var before = (await headCounts.OfYearAsync(access.ForbundId, last, HttpContext.RequestAborted)).ToLookup(h => h.InsatsId);
        var now = (await headCounts.OfYearAsync(access.ForbundId, today.Year, HttpContext.RequestAborted)).ToLookup(h => h.InsatsId);
        var missing = new List<MissingCount>();
        foreach (var insats in counted)
        {
            var isByHalf = before[insats.Id].Any(h => h.Half > 0);
            if (IsRunning(insats, new DateOnly(last, 1, 1), new DateOnly(last, 12, 31)) && !before[insats.Id].Any())
                missing.Add(new MissingCount(insats.Name, last, $"{last}", ""));
            else if (isByHalf && IsRunning(insats, new DateOnly(last, 7, 1), new DateOnly(last, 12, 31)) && before[insats.Id].All(h => h.Half != 2))
                missing.Add(new MissingCount(insats.Name, last, $"juli–december {last}", "&per=halvar"));
            if (today.Month > 6 && isByHalf && IsRunning(insats, new DateOnly(today.Year, 1, 1), new DateOnly(today.Year, 6, 30)) && !now[insats.Id].Any())
                missing.Add(new MissingCount(insats.Name, today.Year, $"januari–juni {today.Year}", "&per=halvar"));
        }

        return missing;
    }

    private static bool IsRunning(InsatsRow insats, DateOnly from, DateOnly to) => insats.StartsOn <= to && (insats.EndsOn ?? to) >= from;
}

/// <summary>Assessments due in one insats, with one instrument, at one occasion.</summary>
public sealed record DuePile(string Insats, string Instrument, string Occasion, int Count, string Address);

/// <summary>A count-only insats without numbers for a time that has ended.</summary>
public sealed record MissingCount(string Insats, int CalendarYear, string Period, string Query);
