using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Tests.Assessments;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Participants;

public sealed partial class DeadLinkTests
{
    // Of pages that differ in their numbers only, so many are opened.
    private const int Alike = 4;

    [Fact]
    public async Task No_link_on_a_caseworkers_pages_leads_nowhere()
    {
        await using var papers = await MakeAsync();
        using var browser = await papers.Host.SignInAsync(papers.User);
        var dead = new List<string>();
        var (seen, kinds, waiting) = (
            new HashSet<string>(StringComparer.Ordinal),
            new Dictionary<string, int>(StringComparer.Ordinal),
            new Queue<(string From, string To)>());
        waiting.Enqueue(("", papers.Root));
        while (waiting.TryDequeue(out var link))
        {
            var page = await browser.GetAsync(link.To);
            if (page.Status != HttpStatusCode.OK)
                dead.Add($"{link.To} på {link.From}: {(int)page.Status}");
            if (link.To.Split('#') is [_, var id] && !page.Html.Contains($"id=\"{id}\"", StringComparison.Ordinal))
                dead.Add($"{link.To} på {link.From}: sidan har inget sådant ställe");
            foreach (
                var to in Addresses()
                    .Matches(page.Html)
                    .Select(m => WebUtility.HtmlDecode(m.Groups["to"].Value))
                    .Where(to => to.StartsWith(papers.Root, StringComparison.Ordinal)))
            {
                var kind = Numbers().Replace(to, "0");
                if (!seen.Add(to) || kinds.GetValueOrDefault(kind) == Alike)
                    continue;
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                waiting.Enqueue((link.To, to));
            }
        }

        dead.ShouldBeEmpty();
        kinds.Keys.ShouldContain(k => k.EndsWith("/deltaganden/0", StringComparison.Ordinal));
        kinds.Count.ShouldBeGreaterThan(25);
    }

    [Fact]
    public async Task The_search_of_the_start_page_finds_somebody_and_what_is_to_be_done_opens_where_it_is_done()
    {
        await using var papers = await MakeAsync();
        using var browser = await papers.Host.SignInAsync(papers.User);
        (await browser.PostFormAsync(papers.Root, "role=\"search\"", ("Text", "d0014"))).Heading.ShouldBe("D0014");
        var start = await browser.GetAsync(papers.Root);
        start.Content.ShouldContain("D0013 , Insam, utskriven 2024-05-01 . Välj orsak för D0013");
        var reason = await browser.GetAsync(
            Addresses().Matches(start.Html).Select(m => m.Groups["to"].Value).Single(to => to.EndsWith("#Input_ExitReason", StringComparison.Ordinal)));
        (await browser.PostFormAsync(reason, null, ("Input.ExitReason", "arbete"))).Content.ShouldContain("Avslutsorsak Arbete utan stöd");
        (await browser.GetAsync(papers.Root)).Content.ShouldNotContain("Utskrivningar utan orsak");
    }

    // Something of each kind to do, and somebody in each state.
    private static async Task<Papers> MakeAsync()
    {
        var papers = await Papers.StartAsync();
        var (store, forbundId) = (papers.Host.Get<ParticipationStore>(), papers.Host.ForbundId);
        await papers.RegisterAsync(papers.Participations[0], on: "2024-01-10");
        await store.ExitAsync(
            new NewExit
            {
                ForbundId = forbundId,
                ParticipationId = papers.Participations[1],
                Version = 1,
                EndedOn = new DateOnly(2024, 5, 1),
            });
        await papers.EnterAsync("D0099", birthYear: 2015);
        var mistake = await papers.EnterAsync("D0100");
        await store.MisregisterAsync(forbundId, mistake, 1, "prov");
        await store.RegisterNewAsync(
            new NewRegistration
            {
                ForbundId = forbundId,
                Code = "D0101",
                Gender = "man",
                BirthYear = 1980,
                InsatsId = papers.InsatsId,
                QueuedOn = new DateOnly(2024, 1, 2),
            });
        return papers;
    }

    [GeneratedRegex("(?:href|action)=\"(?<to>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
