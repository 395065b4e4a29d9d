using System.Net;
using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;
using FinsamOutcomes.Web.Tests.Participants;

namespace FinsamOutcomes.Web.Tests.Import;

/// <summary>An administrator who is also a caseworker, and a file about people who are in the register already.</summary>
public sealed class ImportReachTests
{
    [Fact]
    public async Task Nobody_is_let_in_to_a_participant_by_a_file_of_ones_own_while_there_is_another_administrator()
    {
        await using var people = await People.StartAsync();
        var host = people.Host;
        var theirs = await people.AddAsync("B1", name: "Vilde Vargavinter", insats: people.Foreign);
        await people.AddAsync("A1");
        var self = await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.Caseworker], people.Own);
        var other = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        using var browser = await host.SignInAsync(self);
        using var second = await host.SignInAsync(other);
        var address = $"{people.Root}/inlasning?slag=deltagare";
        (await browser.GetAsync(people.Person(theirs))).Status.ShouldBe(HttpStatusCode.NotFound);

        foreach (var row in new[] { "B1;Insam;kvinna;1990;;2024-03-01;;", "b1;Insam;kvinna;1990;;2024-03-01;2024-04-01;felregistrering" })
        {
            foreach (var button in new[] { "Pröva först", "Läs in" })
                (await browser.SendFileAsync(address, button, File("A1;Insam;kvinna;1990;;2023-02-01;2023-03-01;studier", row))).Content.ShouldContain(
                    "du är själv handläggare i insatsen");
        }

        (await browser.GetAsync(people.Person(theirs))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await host.SqlAsync("SELECT id FROM import_batch")).ShouldBeEmpty();

        // Those who are reached already, those who are new, and stays in insatser of others are read in.
        (
            await browser.SendFileAsync(
                address,
                "Läs in",
                File(
                    "A1;Insam;kvinna;1990;;2023-02-01;2023-03-01;studier",
                    "C1;Insam;man;1990;;2024-03-01;;",
                    "B1;Vägen in;kvinna;1990;;2023-02-01;2023-03-01;studier"))).Content.ShouldContain("Filen är inläst.");
        (await browser.GetAsync(people.Person(theirs))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await second.SendFileAsync(address, "Läs in", File("B1;Insam;kvinna;1990;;2024-03-01;;"))).Content.ShouldContain("Filen är inläst.");
        (await browser.GetAsync(people.Person(theirs))).Status.ShouldBe(HttpStatusCode.OK);
        (await host.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Import.Deltagare'")).ShouldAllBe(detail => !detail.Contains("utan"));
    }

    [Fact]
    public async Task An_administrator_who_is_alone_reads_the_row_in_and_the_log_says_so()
    {
        await using var people = await People.StartAsync();
        var host = people.Host;
        var theirs = await people.AddAsync("B1", insats: people.Foreign);
        var self = await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.Caseworker], people.Own);
        using var browser = await host.SignInAsync(self);
        (await browser.SendFileAsync($"{people.Root}/inlasning?slag=deltagare", "Läs in", File("B1;Insam;kvinna;1990;;2024-03-01;;"))).Content.ShouldContain(
            "Filen är inläst.");
        (await browser.GetAsync(people.Person(theirs))).Status.ShouldBe(HttpStatusCode.OK);
        (await host.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Import.Deltagare'")).ShouldHaveSingleItem()
            .ShouldBe("rader 1, nya 1, uppdaterade 0, oförändrade 0, till egna insatser 1, utan en andra administratör");
    }

    [Fact]
    public async Task A_file_that_is_not_saved_tells_that_a_row_differs_but_not_in_what_and_is_in_the_log_with_how_many_it_met()
    {
        await using var people = await People.StartAsync();
        var host = people.Host;
        await people.AddAsync("B1", insats: people.Foreign);
        await people.AddAsync("B2", insats: people.Foreign);
        var user = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        using var browser = await host.SignInAsync(user);
        var address = $"{people.Root}/inlasning?slag=deltagare";
        string[] rows = ["B1;Insam;man;1990;;2024-03-01;;", "B2;Insam;kvinna;1985;;2024-03-01;;", "B3;Insam;man;1985;;2024-03-01;;"];
        foreach (var button in new[] { "Pröva först", "Läs in" })
        {
            var page = await browser.SendFileAsync(address, button, File(rows));
            page.Content.ShouldContain("Filen har 2 fel.");
            page.Content.ShouldContain("2, 3 deltagarkod Deltagaren avviker från registret.");
            foreach (var word in new[] { "annat kön", "annat födelseår" })
                page.Content.ShouldNotContain(word);
            Encoding
                .UTF8.GetString(Convert.FromBase64String(WebUtility.HtmlDecode(page.Html.Split("charset=utf-8;base64,")[1].Split('"')[0])))
                .ShouldNotContain("annat");
        }

        await browser.SendFileAsync(address, "Pröva först", File("B3;Insam;man;1985;;2024-03-01;;"));
        await new ReadingJournal(host.Database).ChainAsync();
        (await host.SqlAsync($"SELECT detail FROM audit_event WHERE action = 'Import.Try' AND actor = '{user.UserName}' ORDER BY event_number"))
            .ShouldBe(["rader 3, personer i registret 2, fel 2", "rader 3, personer i registret 2, fel 2", "rader 1, personer i registret 0, fel 0"]);
    }

    [Fact]
    public async Task Names_are_read_in_by_an_administrator_who_is_a_caseworker_in_the_insats_and_are_never_shown_by_the_page()
    {
        await using var people = await People.StartAsync();
        var host = people.Host;
        using var self = await host.SignInAsync(await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.Caseworker], people.Own));
        using var other = await host.SignInAsync(await host.AddUserAsync(host.ForbundId, [Role.Administrator]));
        var address = $"{people.Root}/inlasning?slag=deltagare";
        var file = Encoding.UTF8.GetBytes(
            "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning;Namn;Personnummer\r\n"
            + "N1;Insam;man;;;2024-01-15;;;Vide Vargavinter;701063-2391\r\n");

        var refused = await other.SendFileAsync(address, "Läs in", file);
        refused.Content.ShouldContain("Du får bara läsa in namn och personnummer för deltagare i insatser där du är handläggare.");
        var columns = await other.SendFileAsync(address, "Koppla kolumner", file);
        columns.Html.ShouldNotContain("<option value=\"personnummer\"");
        (await other.GetAsync(address)).Content.ShouldContain("Kolumnerna namn och personnummer ska vara tomma");
        var shown = await self.SendFileAsync(address, "Koppla kolumner", file);
        shown.Html.ShouldContain("<option value=\"personnummer\" selected");
        var saved = await self.SendFileAsync(address, "Läs in", file);
        saved.Content.ShouldContain("Nya namn och personnummer 1 namn, 1 personnummer");
        foreach (var page in new[] { refused, columns, shown, saved })
        {
            page.Html.ShouldNotContain("Vargavinter");
            page.Html.ShouldNotContain("701063");
        }

        var id = (await host.SqlAsync("SELECT id FROM participant WHERE code = 'N1'")).ShouldHaveSingleItem();
        (await self.GetAsync($"{people.Root}/deltagare/{id}")).Content.ShouldContain("Vide Vargavinter");
        (await host.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Import.Deltagare'")).ShouldHaveSingleItem()
            .ShouldEndWith(", namn 1, personnummer 1");
    }

    private static byte[] File(params string[] rows) =>
        Encoding.UTF8.GetBytes(string.Join("\r\n", ["deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning", .. rows]) + "\r\n");
}
