using System.Globalization;
using System.Net;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests;

/// <summary>
/// The table of rights guards what stands in the address. What is sent in a form or after the question mark is guarded by
/// each page: here it is somebody else's.
/// </summary>
public sealed class PostedIdsTests
{
    [Fact]
    public async Task A_caseworker_does_nothing_in_insatser_of_others_by_sending_their_numbers()
    {
        await using var host = await WebHost.StartAsync();
        var border = await Border.MakeAsync(host);
        var own = border.Own;
        using var browser = await host.SignInAsync(await host.AddUserAsync(own.ForbundId, [Role.Caseworker], own.InsatsId));
        var root = $"/f/{own.ForbundId}";
        foreach (var theirs in new[] { border.Foreign, border.OtherForbund })
        {
            var insats = Text(theirs.InsatsId);
            var (participation, assessment) = (theirs.Ids["participationId"], theirs.Ids["assessmentId"]);

            var registered = await SendAsync(
                browser,
                $"{root}/deltagare/ny",
                $"{root}/deltagare/ny",
                ("Input.InsatsId", insats),
                ("Input.On", "2024-05-02"),
                ("Input.Gender", "woman"),
                ("Input.BirthYear", "1991"));
            registered.Errors.ShouldHaveSingleItem().ShouldContain("Du arbetar inte i den insatsen");
            var again = $"{root}/deltagare/{own.Ids["participantId"]}/ny-inskrivning";
            (await SendAsync(browser, again, again, ("Input.InsatsId", insats), ("Input.On", "2024-05-02")))
                .Errors.ShouldHaveSingleItem()
                .ShouldContain("Du arbetar inte i den insatsen");

            var instrument = (await host.Get<FinsamOutcomes.Data.Instruments.InstrumentStore>().AllAsync(own.ForbundId))[0].Id;
            var pile = $"{root}/sjalvskattningar?insats={own.InsatsId}&instrument={instrument}&tillfalle=start";
            (await browser.GetAsync(pile)).Status.ShouldBe(HttpStatusCode.OK);
            (await browser.GetAsync($"{root}/sjalvskattningar?insats={insats}&instrument={instrument}&tillfalle=start")).Status.ShouldBe(
                HttpStatusCode.NotFound);
            (await browser.GetAsync($"{pile}&deltagande={participation}")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await SendAsync(browser, pile, $"{pile}&deltagande={participation}&handler=Save", ("Input.ParticipationId", Text(participation)))).Status.ShouldBe(
                HttpStatusCode.NotFound);
            (
                await SendAsync(browser, pile, $"{pile}&deltagande={own.Ids["participationId"]}&handler=Save", ("Input.ParticipationId", Text(participation)))
            ).Content.ShouldContain("Inget är sparat");
            (await SendAsync(browser, pile, $"{pile}&handler=Save", ("Input.ParticipationId", Text(participation)))).Status.ShouldBe(HttpStatusCode.NotFound);
            (
                await SendAsync(browser, pile, $"{pile}&handler=Undo", ("assessmentId", Text(assessment)), ("savedParticipationId", Text(participation)))
            ).Status.ShouldBe(HttpStatusCode.NotFound);
            // Somebody else's assessment beside a participation of one's own.
            await SendAsync(
                browser,
                pile,
                $"{pile}&handler=Undo",
                ("assessmentId", Text(assessment)),
                ("savedParticipationId", Text(own.Ids["participationId"])));
            (await host.Get<AssessmentStore>().OfParticipationAsync(theirs.ForbundId, participation)).ShouldHaveSingleItem();

            (await host.Get<ParticipationStore>().OfParticipantAsync(own.ForbundId, own.Ids["participantId"])).ShouldHaveSingleItem();
        }

        var counted = await host.AddInsatsAsync("Räknas", own.ForbundId, method: "count");
        (
            await SendAsync(
                browser,
                $"{root}/antal",
                $"{root}/antal?ar=2024",
                ("Input.Counts[0].InsatsId", Text(counted)),
                ("Input.Counts[0].Gender", "woman"),
                ("Input.Counts[0].NumberOfPeople", "5"))).Status.ShouldBe(HttpStatusCode.NotFound);

        var caseworker = $"{root}/deltaganden/{own.Ids["participationId"]}/handlaggare";
        (await browser.PostFormAsync(caseworker, "Input.AppUserId", ("Input.AppUserId", Text(border.OtherForbund.Ids["userId"]))))
            .Errors.ShouldHaveSingleItem()
            .ShouldContain("arbetar i insatsen");
    }

    [Fact]
    public async Task An_administrator_reaches_nothing_of_another_forbund_by_sending_its_numbers()
    {
        await using var host = await WebHost.StartAsync();
        var border = await Border.MakeAsync(host);
        var (own, theirs) = (border.Own, border.OtherForbund);
        var administrator = await host.AddUserAsync(own.ForbundId, [Role.Administrator, Role.ProcessSupporter]);
        using var browser = await host.SignInAsync(administrator);
        var root = $"/f/{own.ForbundId}";
        var insats = Text(theirs.InsatsId);
        (string, string)[] target = [("Input.Measure", "personer"), ("Input.Direction", "at_least"), ("Input.Goal", "10")];
        (string, string)[] added =
        [
            ("Input.Orientation", "individual"),
            ("Input.FollowUpMethod", "individual"),
            ("Input.IsEsf", "false"),
            ("Input.StartsOn", "2024-01-01"),
        ];

        var user = $"{root}/anvandare/{own.Ids["userId"]}";
        (await browser.PostFormAsync(user, "Input.Roles", ("Input.Roles", Role.Caseworker), ("Input.InsatsIds", insats))).Content.ShouldContain(
            "Välj insatser ur listan");
        (
            await SendAsync(
                browser,
                $"{root}/anvandare",
                $"{root}/anvandare?handler=Invite",
                ("Input.DisplayName", "Prov"),
                ("Input.UserName", "prov-ett@exempel.invalid"),
                ("Input.Roles", Role.Caseworker),
                ("Input.InsatsIds", insats))).Errors.ShouldHaveSingleItem();
        (
            await SendAsync(
                browser,
                $"{root}/anvandare",
                $"{root}/anvandare?handler=Invite",
                ("Input.DisplayName", "Prov"),
                ("Input.UserName", "prov-ett@exempel.invalid"),
                ("Input.Roles", "allt"))).Errors.ShouldHaveSingleItem();

        var links = host.Get<InvitationStore>();
        await links.InviteAsync(
            new NewInvitation
            {
                ForbundId = theirs.ForbundId,
                UserName = "prov-tva@exempel.invalid",
                DisplayName = "Prov",
                Roles = [Role.Auditor],
            });
        var link = (await links.PendingAsync(theirs.ForbundId)).Single();
        foreach (var handler in new[] { "Withdraw", "Renew" })
            (await SendAsync(browser, $"{root}/anvandare", $"{root}/anvandare?handler={handler}", ("id", Text(link.Id)))).Content.ShouldContain(
                "redan använts eller dragits tillbaka");
        (await links.PendingAsync(theirs.ForbundId)).Single().ShouldBe(link);

        (await SendAsync(browser, $"{root}/mal", $"{root}/mal?ar=2024", [.. target, ("Input.InsatsId", insats)])).Content.ShouldNotContain("Målet är sparat");
        (await SendAsync(browser, $"{root}/mal", $"{root}/mal?ar=2024", target)).Content.ShouldContain("Målet är sparat");
        (
            await SendAsync(browser, $"{root}/insatser/ny", $"{root}/insatser/ny", [.. added, ("Input.Name", "Kapad"), ("Input.ParentId", insats)])
        ).Content.ShouldNotContain("finns nu");
        (await SendAsync(browser, $"{root}/insatser/ny", $"{root}/insatser/ny", [.. added, ("Input.Name", "Egen")])).Content.ShouldContain("finns nu");
        (await host.Get<InsatsStore>().TreeAsync(own.ForbundId)).ShouldNotContain(n => n.Insats.Name == "Kapad");

        await SendAsync(browser, $"{root}/rapporter", $"{root}/rapporter?handler=Delete", ("jobId", Text(theirs.Ids["jobId"])));
        (await host.Get<ReportJobStore>().OfForbundAsync(theirs.ForbundId)).ShouldHaveSingleItem();
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    // As a form of the page would be sent, with whatever fields one likes.
    private static async Task<WebPage> SendAsync(WebBrowser browser, string page, string address, params (string Name, string Value)[] fields)
    {
        var token = (await browser.GetAsync(page)).Forms.SelectMany(f => f.Values).First(v => v.Name == "__RequestVerificationToken").Value;
        using var content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var answer = await browser.Client.PostAsync(new Uri(address, UriKind.Relative), content);
        if (answer.StatusCode == HttpStatusCode.Redirect)
            return await browser.GetAsync(answer.Headers.Location!.ToString());
        return new WebPage(answer.StatusCode, new Uri(browser.Client.BaseAddress!, address), await answer.Content.ReadAsStringAsync(), answer);
    }
}
