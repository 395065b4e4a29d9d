using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using FinsamOutcomes.Benchmarks.Measuring;
using FinsamOutcomes.Benchmarks.Web;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participations;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>
/// Fifty caseworkers at once for a minute, five in each of ten insatser: they read, register, correct (also what a colleague
/// has open) and exit. Afterwards everything that was answered as saved is looked for in the database.
/// </summary>
internal static class LoadCase
{
    private const int People = 50;
    private const int Insatser = 10;

    // The last ten have no delprojekt, so that each has its own five.
    private const int FirstInsats = 10;

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(60);

    public static async Task<CaseResult> RunAsync(Bench bench)
    {
        await using var site = await BenchmarkSite.StartAsync(bench);
        var before = Rows(site.DatabasePath);
        var book = new Book();
        var visitors = new List<Visitor>();
        for (var i = 0; i < People; i++)
            visitors.Add(await site.SignInAsync(string.Create(CultureInfo.InvariantCulture, $"samtidig{i}"), site.Insatser[FirstInsats + (i % Insatser)]));
        foreach (var visitor in visitors)
            visitor.Answered = book.Note;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            visitors.Select((v, i) => Task.Run(() => WorkAsync(site, v, site.Insatser[FirstInsats + (i % Insatser)], new Random(i), book, clock))));
        var seconds = clock.Elapsed.TotalSeconds;
        visitors.ForEach(v => v.Dispose());
        var lost = await LostAsync(site, book, before);
        var times = Percentiles.Of(book.Answers.Select(a => a.Time));
        var saving = Percentiles.Of(book.SaveTimes);
        var errors = book.Answers.Where(a => !a.IsRight).Select(a => $"status {a.Status}").Concat(book.Refused).ToList();
        DatabaseEngine.CloseIdleFiles();
        return new CaseResult(
            [],
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{People} people for {seconds:0} s: {times.Count} requests, {times.Count / seconds:0} a second; p50 {times.P50:0} ms, p95 {times.P95:0} ms; of the {saving.Count} that were to save something p50 {saving.P50:0} ms, p95 {saving.P95:0} ms."
                ),
                $"Saved: {book.Saved("Participations.Register")} registrations, {book.Saved("Participations.Correct")} corrections, {book.Saved("Participations.Exit")} exits. Refused since a colleague had saved first: {book.Stale}.",
                $"Errors: {errors.Count}. Lost writes: {lost.Count}.",
                .. errors.Concat(lost).GroupBy(e => e).Take(20).Select(g => $"- {g.Key}: {g.Count()}"),
            ])
        { IsFailed = errors.Count > 0 || lost.Count > 0 };
    }

    private static async Task WorkAsync(BenchmarkSite site, Visitor visitor, int insats, Random random, Book book, Stopwatch clock)
    {
        Task Think() => Task.Delay(200 + random.Next(800));
        // Not all in the same moment.
        await Think();
        while (clock.Elapsed < s_duration)
        {
            var list = await visitor.GetAsync(site.Page("deltagare"));
            await Think();
            // A few at the top of the list, where the five of an insats meet.
            if (list.Numbers(@"/deltagare/(\d+)""") is { Count: > 0 } listed)
            {
                var page = await visitor.GetAsync(Url(site, "deltagare", listed[random.Next(Math.Min(5, listed.Count))]));
                await Think();
                if (page.Numbers(@"/deltaganden/(\d+)/andra") is { Count: > 0 } stays)
                    await SaveAsync(
                        site,
                        visitor,
                        stays[0],
                        "andra",
                        "Input.Referrer",
                        "Participations.Correct",
                        book,
                        Think,
                        ("Input.Referrer", random.Next(2) == 0 ? "arbetsformedlingen" : "skola"));
            }

            var form = Visitor.Form(site.Page("deltagare/ny"), await visitor.GetAsync(site.Page("deltagare/ny")), "Input.Gender");
            await Think();
            if (form is null)
                continue;
            var registered = await visitor.SendAsync(form, [.. NewPerson.Fields(random, insats.ToString(CultureInfo.InvariantCulture))]);
            book.SaveTimes.Add(registered.Time);
            if (registered.Location is null)
            {
                book.Refuse("a registration was refused", registered);
                continue;
            }

            var person = await visitor.GetAsync(registered.Location);
            if (person.Numbers(@"/deltaganden/(\d+)/andra") is not [var stay])
            {
                book.Refused.Add("a registered participant's page lacks the participation");
                continue;
            }

            book.Save(visitor.UserName, "Participations.Register", stay);
            await Think();
            await SaveAsync(site, visitor, stay, "andra", "Input.Referrer", "Participations.Correct", book, Think, ("Input.Referrer", "skola"));
            await Think();
            await SaveAsync(
                site,
                visitor,
                stay,
                "skriv-ut",
                "Input.ExitReason",
                "Participations.Exit",
                book,
                Think,
                ("Input.ExitReason", "arbete"),
                ("Input.IsPlannedExit", "true"));
            await Think();
        }
    }

    private static async Task SaveAsync(
        BenchmarkSite site,
        Visitor visitor,
        int stay,
        string what,
        string field,
        string action,
        Book book,
        Func<Task> think,
        params (string Name, string Value)[] fields)
    {
        var url = $"{Url(site, "deltaganden", stay)}/{what}";
        if (Visitor.Form(url, await visitor.GetAsync(url), field) is not { } form)
        {
            book.Refused.Add($"{what} has no form");
            return;
        }

        await think();
        var answer = await visitor.SendAsync(form, fields);
        book.SaveTimes.Add(answer.Time);
        if (answer.Location is not null)
            book.Save(visitor.UserName, action, stay);
        else if (answer.IsStale)
            book.CountStale();
        else
            book.Refuse($"{what} was refused", answer);
    }

    // What was answered as saved and is not there, or is there and was never answered as saved.
    private static async Task<IReadOnlyList<string>> LostAsync(BenchmarkSite site, Book book, (long People, long Participations) before)
    {
        var lost = new List<string>();
        var now = Rows(site.DatabasePath);
        var registered = book.Saved("Participations.Register");
        if (now.People - before.People != registered || now.Participations - before.Participations != registered)
            lost.Add(
                $"participants {now.People - before.People} more and participations {now.Participations - before.Participations} more, {registered} were registered"
            );
        await using var session = await site.Database.ReadAsync();
        var chain = await AuditLog.CheckAsync(session, site.ForbundId);
        if (chain.BrokenEvent is { } broken)
            lost.Add($"the audit chain is broken at {broken}");
        var events = (await AuditLog.EventsAsync(session, site.ForbundId)).CountBy(e => (e.Actor, e.Action)).ToDictionary();
        foreach (var (key, count) in book.Writes.CountBy(w => (w.Actor, w.Action)))
        {
            if (events.GetValueOrDefault(key) != count)
                lost.Add($"{key.Action}: {count} answered as saved, {events.GetValueOrDefault(key)} in the log");
        }

        // A registration makes version 1 and each write adds one: a write over another's would leave the number short.
        var store = site.Get<ParticipationStore>();
        foreach (var writes in book.Writes.GroupBy(w => w.Participation))
        {
            var row = await store.FindAsync(site.ForbundId, writes.Key);
            var isNew = writes.Any(w => w.Action == "Participations.Register");
            if (row is null || row.Version != writes.Count() + (isNew ? 0 : 1))
                lost.Add($"a participation has version {row?.Version} after {writes.Count()} writes");
            else if (row.EndedOn is null && writes.Any(w => w.Action == "Participations.Exit"))
                lost.Add("an exit is not in the participation");
        }

        return lost;
    }

    private static (long People, long Participations) Rows(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT COUNT(*) FROM participant), (SELECT COUNT(*) FROM participation)";
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static string Url(BenchmarkSite site, string what, int id) => site.Page(string.Create(CultureInfo.InvariantCulture, $"{what}/{id}"));

    /// <summary>What all of them were answered.</summary>
    private sealed class Book
    {
        private int _stale;

        public ConcurrentBag<(int Status, TimeSpan Time, bool IsRight)> Answers { get; } = [];

        public ConcurrentBag<TimeSpan> SaveTimes { get; } = [];

        public ConcurrentBag<(string Actor, string Action, int Participation)> Writes { get; } = [];

        /// <summary>Answered, but not as it should be.</summary>
        public ConcurrentBag<string> Refused { get; } = [];

        public int Stale => _stale;

        public void Note(Answer answer) => Answers.Add((answer.Status, answer.Time, answer.IsRight));

        public void Save(string actor, string action, int stay) => Writes.Add((actor, action, stay));

        public void CountStale() => Interlocked.Increment(ref _stale);

        public int Saved(string action) => Writes.Count(w => w.Action == action);

        /// <summary>A page instead of a redirect: what a wrong status says is told by <see cref="Answers"/>.</summary>
        public void Refuse(string what, Answer answer)
        {
            if (answer.IsRight)
                Refused.Add(
                    $"{what}: {string.Join(' ', System.Text.RegularExpressions.Regex.Matches(answer.Html, "label__message--error\">(.*?)</span>").Select(m => m.Groups[1].Value))}"
                );
        }
    }
}
