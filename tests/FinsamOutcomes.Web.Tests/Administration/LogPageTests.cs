using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;
using FinsamOutcomes.Web.Tests.Participants;

namespace FinsamOutcomes.Web.Tests.Administration;

public sealed class LogPageTests
{
    [Fact]
    public async Task A_revisor_finds_all_about_a_participant_and_the_search_stands_in_the_log()
    {
        await using var host = await WebHost.StartAsync();
        var participants = host.Get<ParticipantStore>();
        var id = await participants.AddAsync(
            new NewParticipant
            {
                ForbundId = host.ForbundId,
                Code = "A1",
                Gender = "woman",
                BirthYear = 1990,
                Name = "Åsa Öberg",
            });
        await participants.AddAsync(
            new NewParticipant
            {
                ForbundId = host.ForbundId,
                Code = "B2",
                Gender = "man",
                BirthYear = 1980,
            });
        await participants.ReadIdentityAsync(host.ForbundId, id, "handläggaren");
        using var browser = await host.SignInAsync(Role.Auditor);

        var page = await browser.PostFormAsync($"/f/{host.ForbundId}/logg", ("Input.Participant", "A1"));

        page.Content.ShouldContain("2 händelser");
        page.Content.ShouldContain("Såg deltagarens namn eller personnummer");
        page.Content.ShouldContain("La till deltagare");
        page.Html.ShouldNotContain("Öberg");
        (await browser.PostFormAsync($"/f/{host.ForbundId}/logg", ("Input.Action", "Audit.Search"))).Content.ShouldContain("deltagare A1");
        (await browser.PostFormAsync($"/f/{host.ForbundId}/logg", ("Input.Participant", "finns inte")))
            .Errors.ShouldHaveSingleItem()
            .ShouldContain("ingen deltagare med den koden, det namnet");
        (await browser.PostFormAsync($"/f/{host.ForbundId}/logg", ("Input.From", "2024-05-10"), ("Input.To", "2024-05-01")))
            .Errors.ShouldHaveSingleItem()
            .ShouldContain("före den första");
    }

    [Fact]
    public async Task A_revisor_searches_by_name_and_number_and_sees_codes_while_the_log_keeps_neither()
    {
        await using var people = await People.StartAsync();
        var host = people.Host;
        var one = await people.AddAsync("A1", name: "Elin Provsson");
        var two = await people.AddAsync("A2", name: "Elin Provberg", number: "701063-2391");
        await people.Browser.GetAsync(people.Person(one));
        await people.Browser.GetAsync($"{people.Root}/deltagare");
        using var browser = await host.SignInAsync(Role.Auditor);
        var address = $"/f/{host.ForbundId}/logg";

        var byName = await browser.PostFormAsync(address, ("Input.Participant", "provsson"));
        byName.Content.ShouldContain("Såg deltagarens namn eller personnummer Deltagare A1");
        byName.Content.ShouldContain("deltagare A1 A2");
        byName.Content.ShouldContain("Registrerade inskrivning Deltagande: A1 i Insam");
        var byNumber = await browser.PostFormAsync(address, ("Input.Participant", "19701063-2391"));
        byNumber.Content.ShouldContain("Deltagande: A2 i Insam");
        byNumber.Content.ShouldNotContain("Deltagande: A1");
        var several = await browser.PostFormAsync(address, ("Input.Participant", "elin prov"));
        several.Content.ShouldContain("Flera deltagare stämmer");
        (await browser.PostFormAsync(several, "Input.Chosen", ("Input.Chosen", "A2"))).Content.ShouldContain("Deltagande: A2 i Insam");
        (await browser.PostFormAsync(address, ("Input.Participant", "Karin Annan"))).Errors.ShouldHaveSingleItem();

        foreach (var page in new[] { byName, several, await browser.PostFormAsync(address, ("Input.Action", "Audit.Search")) })
            Regex.Replace(page.Html, "<input[^>]*>", "").ShouldNotContain("provsson", Case.Insensitive);
        var written = (await host.Get<AuditStore>().SearchAsync(host.ForbundId, new AuditFilter { Action = "Audit.Search" }, 1, "prov"))
            .Events.Select(e => e.Detail)
            .ToList();
        written.ShouldContain("deltagare A1, sökt på namn eller personnummer");
        written.ShouldContain("deltagare okänd, sökt på namn eller personnummer");
        written.ShouldContain($"deltagare {one.Code} {two.Code}, sökt på namn eller personnummer");
        written.ShouldAllBe(d => !d.Contains("prov", StringComparison.OrdinalIgnoreCase) && !d.Contains("2391"));
    }

    [Fact]
    public async Task A_revisor_asks_for_people_by_name_or_number_only_so_many_times_a_day()
    {
        await using var people = await People.StartAsync();
        await people.AddAsync("A1", name: "Elin Provsson");
        var auditor = await people.Host.AddUserAsync(people.Host.ForbundId, [Role.Auditor]);
        using var browser = await people.Host.SignInAsync(auditor);
        var address = $"{people.Root}/logg";
        var form = await browser.GetAsync(address);

        // Misses count as hits do, and so does a page that nobody has come to by reading the one before.
        (await browser.PostFormAsync(form, null, ("Input.Participant", "Karin Annan")))
            .Errors.ShouldHaveSingleItem()
            .ShouldContain("Det finns ingen deltagare");
        await Task.WhenAll(
            Enumerable
                .Range(1, AuditStore.PeopleADay - 1)
                .Select(i =>
                    people.Host.Get<AuditStore>().SearchAsync(people.Host.ForbundId, new AuditFilter { Participant = $"Karin Annan{i}" }, 2, auditor.UserName))
        );
        (await browser.PostFormAsync(form, null, ("Input.Participant", "provsson")))
            .Errors.ShouldHaveSingleItem()
            .ShouldContain("Du har i dag sökt 20 gånger på namn eller personnummer");
        (await browser.PressAsync(form, "Spara som CSV", ("Input.Participant", "provsson"))).Content.ShouldContain("Du har i dag sökt 20 gånger");
        (await browser.PostFormAsync(form, null, ("Input.Participant", "A1"))).Content.ShouldContain("Deltagande: A1 i Insam");
        people.Host.Clock.Advance(TimeSpan.FromDays(1));
        using var tomorrow = await people.Host.SignInAsync(Role.Auditor);
        (await tomorrow.PostFormAsync(address, ("Input.Participant", "provsson"))).Content.ShouldContain("Deltagande: A1 i Insam");
    }

    [Fact]
    public async Task The_log_is_taken_as_a_file_that_no_spreadsheet_runs_and_that_is_an_event_of_its_own()
    {
        await using var host = await WebHost.StartAsync();
        await AppendAsync(host, 120);
        await host.Get<ReadingJournal>()
            .NoteAsync(
                new NewAuditEvent
                {
                    ForbundId = host.ForbundId,
                    Actor = "=HYPERLINK(1)",
                    Action = "Participants.Open",
                    Entity = "participant",
                    EntityId = 7,
                });
        using var browser = await host.SignInAsync(Role.Auditor);

        var file = await browser.PressAsync(await browser.GetAsync($"/f/{host.ForbundId}/logg"), "Spara som CSV");

        file.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        file.Response.Content.Headers.ContentDisposition!.FileName.ShouldBe("logg-2024-05-15.csv");
        var lines = file.Html.TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].Trim().ShouldBe("Nr;Tid;Användare;Händelse;Gäller;Uppgifter");
        lines.Count(l => l.Contains("Ändrade insats")).ShouldBe(120, "all pages");
        file.Html.ShouldContain("Öppnade deltagare");
        file.Html.ShouldNotContain(";=HYPERLINK");
        (await browser.PostFormAsync($"/f/{host.ForbundId}/logg", ("Input.Action", "Audit.Export"))).Content.ShouldContain("Sparade loggen som fil");
        (await host.Get<AuditStore>().CheckAsync(host.ForbundId)).Fault.ShouldBe(AuditFault.None);
    }

    [Fact]
    public async Task Times_are_told_as_the_clock_on_the_wall_shows_them()
    {
        await using var host = await WebHost.StartAsync(zone: TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm"));
        using var browser = await host.SignInAsync(Role.Auditor);
        var page = await browser.GetAsync($"/f/{host.ForbundId}/logg");
        page.Content.ShouldContain("2024-05-15 14:00:00");
        page.Content.ShouldNotContain("2024-05-15 12:00:00");
        var form = page.Forms.First(f => f.Names.Contains("Input.Actor"));
        var token = form.Values.First(v => v.Name == "__RequestVerificationToken");
        using var content = new FormUrlEncodedContent([new(token.Name, token.Value)]);
        using var file = await browser.Client.PostAsync(new Uri($"/f/{host.ForbundId}/logg?handler=File", UriKind.Relative), content);
        (await file.Content.ReadAsStringAsync()).ShouldContain("2024-05-15 14:00:00");
    }

    [Fact]
    public async Task Pages_are_turned_without_a_new_event_for_each()
    {
        await using var host = await WebHost.StartAsync();
        await AppendAsync(host, 120);
        using var browser = await host.SignInAsync(Role.Auditor);

        var first = await browser.PostFormAsync($"/f/{host.ForbundId}/logg", ("Input.Action", "Insatser.Update"));
        first.Content.ShouldContain("120 händelser, sida 1 av 3");
        var second = await browser.PostFormAsync(first, null, ("Input.Action", "Insatser.Update"), ("Input.Page", "2"));
        second.Content.ShouldContain("sida 2 av 3");
        var third = await browser.PostFormAsync(second, null, ("Input.Action", "Insatser.Update"), ("Input.Page", "3"));

        third.Content.ShouldContain("sida 3 av 3");
        third.Content.ShouldContain("nummer-0 ");
        await using var session = await host.Database.ReadAsync();
        (await session.QueryAsync<AuditEventRow>("Audit.Events", new { host.ForbundId }))
            .Count(e => e is { Action: "Audit.Search", Detail: "händelse Insatser.Update" })
            .ShouldBe(1);
    }

    [Fact]
    public async Task An_opened_log_counts_as_many_events_in_its_chain_as_it_shows_and_is_no_search()
    {
        await using var host = await WebHost.StartAsync();
        await AppendAsync(host, 9);
        using var browser = await host.SignInAsync(Role.Auditor);
        var page = (await browser.GetAsync($"/f/{host.ForbundId}/logg")).Content;
        var whole = System.Text.RegularExpressions.Regex.Match(page, @"alla (\d+) händelser är som de skrevs").Groups[1].Value;
        page.ShouldContain($" {whole} händelser ");
        page.ShouldContain("Öppnade loggen");
        page.ShouldNotContain("Sökte i loggen Loggen");
    }

    [Fact]
    public async Task A_broken_chain_is_shown_with_the_event_that_breaks_it()
    {
        await using var host = await WebHost.StartAsync();
        await AppendAsync(host, 9);
        using var browser = await host.SignInAsync(Role.Auditor);
        (await browser.GetAsync($"/f/{host.ForbundId}/logg")).Content.ShouldContain("Kedjan är hel");

        await using (var connection = await host.Database.Engine.OpenAsync(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE audit_event SET actor = 'ingen' WHERE event_number = 4";
            await command.ExecuteNonQueryAsync();
        }

        (await browser.GetAsync($"/f/{host.ForbundId}/logg")).Content.ShouldContain("kedjan bryts vid händelse 4");
    }

    [Fact]
    public async Task A_log_that_was_made_anew_is_whole_but_not_the_one_that_was_noted()
    {
        await using var host = await WebHost.StartAsync();
        await AppendAsync(host, 5);
        using var browser = await host.SignInAsync(Role.Auditor);
        var address = $"/f/{host.ForbundId}/logg";
        var noted = System.Text.RegularExpressions.Regex.Match(
            (await browser.GetAsync(address)).Content,
            "nummer (?<number>[0-9]+) med kontrollsumman (?<sum>[0-9a-f ]{19})");
        var (number, sum) = (noted.Groups["number"].Value, noted.Groups["sum"].Value);

        (await CompareAsync(sum)).Content.ShouldContain($"Händelse {number} är densamma");
        (await CompareAsync("kort")).Errors.ShouldHaveSingleItem().ShouldContain("16 tecken");

        // Somebody with the database removes an event and makes a whole chain of what is left.
        IReadOnlyList<AuditEventRow> kept;
        await using (var events = await host.Database.ReadAsync())
            kept = [.. (await AuditLog.EventsAsync(events, host.ForbundId)).Where(e => e.EventNumber != 3)];
        await using (var connection = await host.Database.Engine.OpenAsync(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM audit_event; DELETE FROM audit_chain";
            await command.ExecuteNonQueryAsync();
        }

        await using (var session = await host.Database.WriteAsync())
        {
            foreach (var e in kept.Append(kept[^1]))
                await AuditLog.AppendAsync(
                    session,
                    new NewAuditEvent
                    {
                        ForbundId = host.ForbundId,
                        Actor = e.Actor,
                        Action = e.Action,
                        Entity = e.Entity,
                        EntityId = e.EntityId,
                        Detail = e.Detail,
                    });
            await session.CommitAsync();
        }

        (await browser.GetAsync(address)).Content.ShouldContain("Kedjan är hel");
        (await CompareAsync(sum)).Content.ShouldContain($"Händelse {number} är inte den som du antecknade");

        Task<WebPage> CompareAsync(string fingerprint) =>
            browser.PostFormAsync(address, "Compare", ("Noted.EventNumber", number), ("Noted.Fingerprint", fingerprint));
    }

    [Fact]
    public async Task Users_roles_and_insatser_are_told_in_words()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Caseworker, Role.Administrator], await host.AddInsatsAsync("Vägen in"));
        using var browser = await host.SignInAsync(Role.Auditor);
        var page = await browser.GetAsync($"/f/{host.ForbundId}/logg");
        page.Content.ShouldContain("Insats: Vägen in");
        page.Content.ShouldContain($"Användare: {user.UserName} Handläggare Förbundsadministratör");
        (await browser.PostFormAsync($"/f/{host.ForbundId}/logg", ("Input.From", "2019-01-01"), ("Input.To", "2019-01-02"))).Content.ShouldContain(
            "Inga händelser stämmer");
    }

    [Fact]
    public async Task An_address_with_the_word_of_a_role_stays_an_address_and_insatser_are_told_by_name()
    {
        await using var host = await WebHost.StartAsync();
        await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        var user = await host.AddUserAsync(host.ForbundId, [Role.Caseworker]);
        var insats = await host.AddInsatsAsync("Vägen in");
        var store = host.Get<UserStore>();
        var version = (await store.AllAsync(host.ForbundId)).Single(u => u.User.Id == user.Id).User.Version;
        await store.SetRolesAsync(
            new UserChange
            {
                ForbundId = host.ForbundId,
                UserId = user.Id,
                Version = version,
                Roles = [Role.InsatsManager],
                InsatsIds = [insats],
                Actor = "prov",
                Note = "begärt av administrator@exempel.invalid",
            });
        using var browser = await host.SignInAsync(Role.Auditor);
        const string Told = "Insatsansvarig; insatser: Vägen in, begärt av administrator@exempel.invalid";

        var page = await browser.GetAsync($"/f/{host.ForbundId}/logg");

        page.Content.ShouldContain(Told);
        (await browser.PressAsync(page, "Spara som CSV")).Html.ShouldContain(Told);
    }

    [Fact]
    public async Task Who_was_invited_to_what_is_told()
    {
        await using var host = await WebHost.StartAsync();
        var links = host.Get<InvitationStore>();
        await links.InviteAsync(
            new NewInvitation
            {
                ForbundId = host.ForbundId,
                UserName = "auditor@exempel.invalid",
                DisplayName = "Prov Provsson",
                Roles = [Role.Caseworker],
                InsatsIds = [await host.AddInsatsAsync("Vägen in")],
                Actor = "prov",
            });
        await links.RenewAsync(host.ForbundId, (await links.PendingAsync(host.ForbundId)).Single().Id, "prov");
        await links.WithdrawAsync(host.ForbundId, (await links.PendingAsync(host.ForbundId)).Single().Id, "prov");
        using var browser = await host.SignInAsync(Role.Auditor);

        var page = await browser.GetAsync($"/f/{host.ForbundId}/logg");

        Regex.Count(page.Content, "till auditor@exempel.invalid Handläggare; insatser: Vägen in").ShouldBe(2);
        Regex.Count(page.Content, "till auditor@exempel.invalid").ShouldBe(3);
        page.Html.ShouldNotContain("Provsson");
    }

    private static async Task AppendAsync(WebHost host, int count)
    {
        await using var session = await host.Database.WriteAsync();
        for (var i = 0; i < count; i++)
            await AuditLog.AppendAsync(
                session,
                new NewAuditEvent
                {
                    ForbundId = host.ForbundId,
                    Actor = "prov",
                    Action = "Insatser.Update",
                    Entity = "insats",
                    EntityId = i,
                    Detail = $"nummer-{i}",
                });
        await session.CommitAsync();
    }
}
