using System.Globalization;
using FinsamOutcomes.Benchmarks.Invented;
using FinsamOutcomes.Benchmarks.Measuring;
using FinsamOutcomes.Benchmarks.Web;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>
/// The pages that a caseworker uses most, at 100 000 participants, beside a page of the same host that reads nothing. One
/// request of each in turn, so that other load on the machine meets all.
/// </summary>
internal static class WebCase
{
    private const int Warmups = 10;
    private const int RequestsPerRun = 40;

    public static async Task<CaseResult> RunAsync(Bench bench)
    {
        var stays = bench.Rows ?? BenchmarkSite.Participations;
        await using var site = await BenchmarkSite.StartAsync(bench);
        using var two = await site.SignInAsync("tva-insatser", site.Insatser[10], site.Insatser[11]);
        using var all = await site.SignInAsync("alla-insatser", [.. site.Insatser]);
        var requests = new List<Measured>
        {
            new("a page of help, `/hjalp/statistik`", _ => two.GetAsync("/hjalp/statistik")),
            new("a file, `/site.css`", _ => two.GetAsync("/site.css")),
        };
        requests.AddRange(await OfAsync(site, stays, two, "two insatser", 10, 11));
        requests.AddRange(await OfAsync(site, stays, all, "all twenty", [.. Enumerable.Range(0, site.Insatser.Count)]));
        for (var i = -Warmups; i < bench.Runs * RequestsPerRun; i++)
        {
            foreach (var request in requests)
            {
                var answer = await request.Send(i + Warmups);
                if (!answer.IsRight)
                    throw new InvalidOperationException($"{request.Name} was answered with {answer.Status}.");
                if (request.IsSaving && answer.Location is null)
                    throw new InvalidOperationException($"{request.Name} was refused.");
                if (i >= 0)
                    request.Times.Add(answer.Time);
            }
        }

        var page = Percentiles.Of(requests[0].Times);
        DatabaseEngine.CloseIdleFiles();
        return new CaseResult(
            [],
            [
                $"{InventedForbund.Participations(stays).Count(s => s.IsNewPerson):N0} participants, {bench.Runs * RequestsPerRun} requests of each.",
                "",
                "| measured | p50, ms | p95, ms | p50 against the page of help | p95 against the page of help |",
                "| --- | ---: | ---: | ---: | ---: |",
                .. requests
                    .Select(r => (r.Name, Times: Percentiles.Of(r.Times)))
                    .Select(r =>
                        $"| {r.Name} | {ResultTable.Number(r.Times.P50)} | {ResultTable.Number(r.Times.P95)} | **{ResultTable.Number(r.Times.P50 / page.P50)}** | **{ResultTable.Number(r.Times.P95 / page.P95)}** |"
                    ),
            ]);
    }

    private static async Task<IReadOnlyList<Measured>> OfAsync(BenchmarkSite site, int stays, Visitor visitor, string whose, params IReadOnlyList<int> insatser)
    {
        var list = site.Page("deltagare");
        var people = new List<int>();
        for (var page = 1; page <= 5; page++)
            people.AddRange((await visitor.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{list}?sida={page * 7}"))).Numbers(@"/deltagare/(\d+)"""));
        var search = await visitor.FormAsync(list, "Text");
        var registration = await visitor.FormAsync(list + "/ny", "Input.Gender");
        var insats = site.Insatser[insatser[0]].ToString(CultureInfo.InvariantCulture);
        var named = InventedForbund
            .Participations(stays)
            .Where(s => s.IsNewPerson && InventedNames.IsNamed(s.Person) && insatser.Contains(s.Insats))
            .Take(500)
            .ToList();
        InventedParticipation Known(int i) => named[i * 7 % named.Count];
        // Another for each visitor: the same names again would be refused as the same people.
        var random = new Random(1000 + insatser.Count);
        return
        [
            new($"the list, first page, {whose}", _ => visitor.GetAsync(list)),
            new($"the list, page 50, {whose}", _ => visitor.GetAsync(list + "?sida=50")),
            new($"a search by code: a whole code, {whose}", i => visitor.SendAsync(search, ("Text", Known(i).Code))),
            new($"a search by code: the beginning of 1 000 codes, {whose}", i => visitor.SendAsync(search, ("Text", Known(i).Code[..5]))),
            new($"a search by surname, {whose}", i => visitor.SendAsync(search, ("Text", InventedNames.Surname(Known(i).Person)))),
            new($"a search by personal number, {whose}", i => visitor.SendAsync(search, ("Text", Number(Known(i))))),
            new($"a participant's page, {whose}", i => visitor.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{list}/{people[i % people.Count]}"))),
            new($"the registration page, {whose}", _ => visitor.GetAsync(list + "/ny")),
            new($"a registration, with a name, {whose}", _ => visitor.SendAsync(registration, [.. NewPerson.Fields(random, insats)])) { IsSaving = true },
        ];
    }

    private static string Number(InventedParticipation stay) => InventedNames.Number(stay.Person, stay.BirthYear, stay.Gender);

    private sealed record Measured(string Name, Func<int, Task<Answer>> Send)
    {
        public bool IsSaving { get; init; }

        public List<TimeSpan> Times { get; } = [];
    }
}
