using System.Net;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Administration;

public sealed class InsatsPageTests
{
    [Fact]
    public async Task An_administrator_adds_an_insats_with_a_delprojekt_and_sees_them_in_the_list()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var root = $"/f/{host.ForbundId}/insatser";

        var list = await AddAsync("IRIS", "");
        list.Content.ShouldContain("Insatsen IRIS finns nu.");
        var iris = (await host.Get<InsatsStore>().TreeAsync(host.ForbundId)).Single().Insats.Id;
        list = await AddAsync("Insam", $"{iris}");

        list.Content.ShouldContain("Insam (delprojekt)");
        var child = (await host.Get<InsatsStore>().TreeAsync(host.ForbundId)).Single().Delprojekt.ShouldHaveSingleItem();
        (child.Insats.Name, child.Insats.Capacity, child.Insats.IsEsf, child.Insats.Orientation).ShouldBe(("Insam", 40, false, "individual"));
        child.TargetGroups.ShouldBe(["unga"]);

        async Task<WebPage> AddAsync(string name, string parent) =>
            await browser.PostFormAsync(
                $"{root}/ny",
                ("Input.Name", name),
                ("Input.ParentId", parent),
                ("Input.Orientation", "individual"),
                ("Input.FollowUpMethod", "individual"),
                ("Input.IsEsf", "false"),
                ("Input.StartsOn", "20240101"),
                ("Input.Capacity", "40"),
                ("Input.TargetGroups", "unga"));
    }

    [Fact]
    public async Task What_is_wrong_is_told_beside_each_field_and_what_was_typed_stays()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);

        var page = await browser.PostFormAsync(
            $"/f/{host.ForbundId}/insatser/ny",
            ("Input.Name", "Min insats"),
            ("Input.Orientation", "structural"),
            ("Input.FollowUpMethod", "individual"),
            ("Input.IsEsf", "true"),
            ("Input.StartsOn", "2024-05-01"),
            ("Input.EndsOn", "2024-01-01"),
            ("Input.Capacity", "-1"));

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Errors.Count.ShouldBe(3);
        page.Html.ShouldContain("value=\"Min insats\"");
        page = await browser.PostFormAsync($"/f/{host.ForbundId}/insatser/ny", ("Input.Name", ""), ("Input.StartsOn", "i våras"));
        page.Errors.ShouldContain(e => e.StartsWith("Datumet går inte att läsa"));
        page.Errors.ShouldContain("Välj om insatsen medfinansieras av ESF.");
        page.Errors.ShouldContain("Ange insatsens namn.");
        page.Errors.Count.ShouldBe(5);
        (await host.Get<InsatsStore>().TreeAsync(host.ForbundId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_insats_with_delprojekt_that_go_on_is_not_closed_and_says_which()
    {
        await using var host = await WebHost.StartAsync();
        var id = await host.AddInsatsAsync("Trappan");
        await host.AddInsatsAsync("Start", parentId: id);
        using var browser = await host.SignInAsync(Role.Administrator);
        var page = await browser.PostFormAsync($"/f/{host.ForbundId}/insatser/{id}/redigera", "Input.EndsOn", ("Input.EndsOn", "2024-12-31"));
        page.Errors.ShouldHaveSingleItem().ShouldStartWith("Insatsen har delprojekt som pågår längre än så: Start (slutar 2025-12-31).");
        (await host.Get<InsatsStore>().FindAsync(host.ForbundId, id))!.EndsOn.ShouldBe(new DateOnly(2025, 12, 31));
    }

    [Fact]
    public async Task The_locked_fields_are_shown_with_the_reason_and_cannot_be_sent_back_changed()
    {
        await using var host = await WebHost.StartAsync();
        var id = await host.AddInsatsAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/insatser/{id}/redigera";

        var page = await browser.GetAsync(address);
        page.Content.ShouldContain("Uppgifterna låstes när insatsen skapades, för Uppföljning Finsam låser dem");
        page.Html.ShouldNotContain("name=\"Input.Orientation\"");
        await browser.PostFormAsync(
            page,
            "Input.Name",
            ("Input.Name", "Insam Lund"),
            ("Input.EndsOn", "2025-06-30"),
            ("Input.Orientation", "structural"),
            ("Input.IsEsf", "true"));

        var row = (await host.Get<InsatsStore>().FindAsync(host.ForbundId, id))!;
        (row.Name, row.EndsOn, row.Orientation, row.IsEsf).ShouldBe(("Insam Lund", new DateOnly(2025, 6, 30), "individual", false));
    }

    [Fact]
    public async Task The_second_to_save_sees_what_the_first_changed_and_may_save_again()
    {
        await using var host = await WebHost.StartAsync();
        var id = await host.AddInsatsAsync();
        using var first = await host.SignInAsync(Role.Administrator);
        using var second = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/insatser/{id}/redigera";
        var read = await second.GetAsync(address);

        await first.PostFormAsync(address, ("Input.Capacity", "55"));
        var refused = await second.PostFormAsync(read, null, ("Input.Name", "Insam Syd"));

        refused.Content.ShouldContain("Platser samtidigt 40 55");
        refused.Html.ShouldContain("value=\"Insam Syd\"");
        await second.PostFormAsync(refused, "Input.Name", ("Input.Name", "Insam Syd"));
        var row = (await host.Get<InsatsStore>().FindAsync(host.ForbundId, id))!;
        (row.Name, row.Capacity).ShouldBe(("Insam Syd", 55));
    }

    [Fact]
    public async Task An_insatsansvarig_sees_and_changes_the_budget_of_their_own_insats_and_no_other()
    {
        await using var host = await WebHost.StartAsync();
        var (own, other) = (await host.AddInsatsAsync("Egen"), await host.AddInsatsAsync("Annan"));
        using var browser = await host.SignInAsync(Role.InsatsManager, own);
        var root = $"/f/{host.ForbundId}/insatser";

        var list = await browser.GetAsync(root);
        list.Content.ShouldContain("Egen");
        list.Content.ShouldNotContain("Annan");
        list.Html.ShouldNotContain("redigera");
        var saved = await browser.PostFormAsync(
            $"{root}/{own}/budget?ar=2024",
            ("Input.BudgetedParticipants", "40"),
            ("Input.BudgetKronor", "2 360 000 kr"),
            ("Input.OutcomeKronor", ""));

        saved.Content.ShouldContain("Budget och utfall för 2024 är sparade.");
        var year = (await host.Get<InsatsEconomyStore>().YearsAsync(host.ForbundId, 2024)).ShouldHaveSingleItem();
        (year.InsatsId, year.BudgetedParticipants, year.BudgetKronor, year.OutcomeKronor).ShouldBe((own, 40, 2_360_000, null));
        (await browser.GetAsync($"{root}/{other}/budget")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetAsync($"{root}/{own}/redigera")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.PostFormAsync($"{root}/{own}/budget", ("Input.BudgetKronor", "mycket"))).Errors.ShouldBe(["Skriv ett tal med siffror."]);
    }

    [Theory]
    [InlineData(Role.ProcessSupporter, "dold")]
    [InlineData(Role.InsatsManager, "dold")]
    [InlineData(Role.Administrator, "1")]
    public async Task Few_in_an_insats_are_shown_only_to_those_who_work_with_its_participants(string role, string queued)
    {
        await using var people = await Participants.People.StartAsync();
        for (var i = 0; i < 5; i++)
            await people.AddAsync($"A{i}");
        await people.AddAsync("K1", started: null, queued: "2024-03-01");
        using var browser = role == Role.InsatsManager ? await people.Host.SignInAsync(role, people.Own) : await people.Host.SignInAsync(role);

        var page = await browser.GetAsync($"{people.Root}/insatser");

        page.Content.ShouldContain($"Insam Individinriktad Pågår till 2025-12-31 40 5 {queued}");
    }

    [Fact]
    public async Task Two_looks_at_the_list_tell_whoever_sees_no_participants_nothing_of_who_left_between_them()
    {
        await using var people = await Participants.People.StartAsync();
        var first = await people.AddAsync("A0");
        for (var i = 1; i < 7; i++)
            await people.AddAsync($"A{i}");
        using var supporter = await people.Host.SignInAsync(Role.ProcessSupporter);
        using var administrator = await people.Host.SignInAsync(Role.Administrator);
        var before = (await supporter.GetAsync($"{people.Root}/insatser")).Content;
        before.ShouldContain("Inskrivna och i kö är deltaganden vid månadens slut, 30\u00A0april 2024.");
        before.ShouldContain("2025-12-31 40 7 0");

        await people.Host.Get<ParticipationStore>().ExitAsync(
            new NewExit { ForbundId = people.Host.ForbundId, ParticipationId = first.ParticipationId, Version = 1, EndedOn = new DateOnly(2024, 5, 14) });
        await people.AddAsync("A8", started: "2024-05-14");

        (await supporter.GetAsync($"{people.Root}/insatser")).Content.ShouldBe(before);
        (await administrator.GetAsync($"{people.Root}/insatser")).Content.ShouldContain("deltaganden i dag.");
    }

    [Fact]
    public async Task An_insats_of_both_orientations_is_added_as_two_with_different_names_or_not_at_all()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/insatser/ny";
        (string, string)[] filled =
        [
            ("Input.Name", "Torget"),
            ("Input.Orientation", "both"),
            ("Input.FollowUpMethod", "individual"),
            ("Input.IsEsf", "false"),
            ("Input.StartsOn", "2024-01-01"),
            ("Input.Capacity", "12"),
            ("Input.TargetGroups", "unga"),
        ];
        var page = await browser.PostFormAsync(address, filled);
        page.Html.ShouldContain("Insatserna Torget – individinriktad och Torget – strukturövergripande finns nu.");
        var tree = await host.Get<InsatsStore>().TreeAsync(host.ForbundId);
        tree.Select(n => (n.Insats.Name, n.Insats.Orientation, n.Insats.FollowUpMethod, n.Insats.Capacity, n.TargetGroups.Count)).ShouldBe(
            [
                ("Torget – individinriktad", "individual", "individual", 12, 1),
                ("Torget – strukturövergripande", "structural", "count", null, 1),
            ]);

        // One name is taken: neither is added, and both names are there to change.
        page = await browser.PostFormAsync(address, [.. filled, ("Input.StructuralName", "Torget ute")]);
        page.Errors.ShouldBe(["Det finns redan en insats med det namnet."]);
        page.Html.ShouldContain("value=\"Torget ute\"");
        (await host.Get<InsatsStore>().TreeAsync(host.ForbundId)).Count.ShouldBe(2);
        (await browser.PostFormAsync(address, [.. filled, ("Input.IndividualName", "Torg"), ("Input.StructuralName", "torg")])).Errors
            .ShouldBe(["De två insatserna måste ha olika namn."]);
        await browser.PostFormAsync(page, "Input.IndividualName", ("Input.IndividualName", "Torget inne"));
        (await host.Get<InsatsStore>().TreeAsync(host.ForbundId)).Select(n => n.Insats.Name).ShouldContain("Torget inne");
    }

    [Fact]
    public async Task Costs_are_added_changed_and_taken_away()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var economy = host.Get<InsatsEconomyStore>();
        var address = $"/f/{host.ForbundId}/kostnader?ar=2024";

        await browser.PostFormAsync(address, ("Input.Name", "Kansli & styrelse"), ("Input.BudgetKronor", "1500000"));
        (await economy.CostsAsync(host.ForbundId, 2024)).ShouldHaveSingleItem().BudgetKronor.ShouldBe(1_500_000);
        (await browser.PostFormAsync(address, ("Input.Name", "kansli & styrelse"), ("Input.BudgetKronor", "1")))
            .Errors.ShouldHaveSingleItem()
            .ShouldContain("finns redan");
        var chosen = $"{address}&kostnad={Uri.EscapeDataString("Kansli & styrelse")}";
        await browser.PostFormAsync(chosen, ("Input.OutcomeKronor", "1 480 000"));
        (await economy.CostsAsync(host.ForbundId, 2024)).ShouldHaveSingleItem().OutcomeKronor.ShouldBe(1_480_000);

        var page = await browser.GetAsync(chosen);
        var form = page.Html[page.Html.IndexOf("handler=remove", StringComparison.Ordinal)..];
        form.ShouldContain("Ta bort");
        await RemoveAsync(browser, page);
        (await economy.CostsAsync(host.ForbundId, 2024)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_is_typed_in_per_cent_and_kept_as_a_share()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var economy = host.Get<InsatsEconomyStore>();
        var address = $"/f/{host.ForbundId}/mal?ar=2024";

        var saved = await browser.PostFormAsync(
            address,
            ("Input.Measure", "positiva-avslut"),
            ("Input.Definition", "arbete-eller-studier"),
            ("Input.Goal", "36,5 %"));
        saved.Content.ShouldContain("minst 36,5\u00A0%");
        var target = (await economy.TargetsAsync(host.ForbundId, 2024)).ShouldHaveSingleItem();
        (target.Goal, target.Measure, target.Definition, target.InsatsId).ShouldBe((0.365m, "positiva-avslut", "arbete-eller-studier", null));
        (await browser.PostFormAsync(address, ("Input.Measure", "positiva-avslut"), ("Input.Goal", "136"))).Errors.ShouldBe([
            "Skriv målet i procent, från 0 till 100.",
        ]);
        (await browser.PostFormAsync(address, ("Input.Measure", ""), ("Input.Goal", "1"))).Errors.ShouldBe(["Välj ett mått ur listan."]);

        var read = await browser.GetAsync($"{address}&mal={target.Id}");
        await browser.PostFormAsync($"{address}&mal={target.Id}", ("Input.Goal", "40"));
        var refused = await browser.PostFormAsync(read, null, ("Input.Direction", "at_most"));
        refused.Content.ShouldContain("36,5\u00A0% 40\u00A0%");
        refused.Html.ShouldContain("value=\"40\"");
        (await economy.TargetsAsync(host.ForbundId, 2024)).ShouldHaveSingleItem().Goal.ShouldBe(0.4m);
        await RemoveAsync(browser, await browser.GetAsync($"{address}&mal={target.Id}"));
        (await economy.TargetsAsync(host.ForbundId, 2024)).ShouldBeEmpty();
    }

    // Presses the button that sends the form to another handler, as a browser would.
    private static async Task RemoveAsync(WebBrowser browser, WebPage page)
    {
        var action = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(page.Html, "formaction=\"([^\"]*)\"").Groups[1].Value);
        var form = page.Forms.First(f => f.Html.Contains("formaction", StringComparison.Ordinal));
        using var content = new FormUrlEncodedContent(form.Values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
        (await browser.Client.PostAsync(new Uri(page.Url, action), content)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }
}
