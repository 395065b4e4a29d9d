using System.Net;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Administration;

public sealed class CodeListPageTests
{
    [Fact]
    public async Task An_administrator_chooses_what_is_offered_and_gives_own_words()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var codes = host.Get<CodeListStore>();
        var before = await codes.OfForbundAsync(host.ForbundId, CodeList.Referrer);
        var address = $"/f/{host.ForbundId}/kodlistor/remittenter";

        // An unticked box sends nothing; the first value keeps its tick and gets a word.
        var saved = await browser.PostFormAsync(address, ("Input.Values[0].Label", "AF Lund"), ("Input.Values[1].IsOffered", "false"));

        saved.Content.ShouldContain("Remittenter: dina val är sparade.");
        var after = await codes.OfForbundAsync(host.ForbundId, CodeList.Referrer);
        (after.Values[0].Label, after.Values[0].SharedLabel, after.Values[0].IsOffered).ShouldBe(("AF Lund", before.Values[0].Label, true));
        after.Values[1].IsOffered.ShouldBeFalse();
        after.Values.Skip(2).ShouldBe(before.Values.Skip(2));
        (await browser.GetAsync(address)).Content.ShouldContain(before.Values[0].Label);
        (await browser.GetAsync($"/f/{host.ForbundId}/kodlistor")).Content.ShouldContain($"{before.Values.Count - 1} av {before.Values.Count}");
        (await browser.GetAsync($"/f/{host.ForbundId}/kodlistor/finns-inte")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_word_that_is_taken_is_told_beside_its_field_and_the_second_to_save_sees_what_is_saved()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/kodlistor/utbildning";
        var shared = (await host.Get<CodeListStore>().OfForbundAsync(host.ForbundId, CodeList.EducationLevel)).Values[1].SharedLabel;

        (await browser.PostFormAsync(address, ("Input.Values[0].Label", shared))).Errors.ShouldHaveSingleItem().ShouldContain("används redan");
        var read = await browser.GetAsync(address);
        await browser.PostFormAsync(address, ("Input.Values[0].Label", "Först"));
        var refused = await browser.PostFormAsync(read, null, ("Input.Values[0].Label", "Sedan"));
        refused.Content.ShouldContain("någon annan hann före");
        refused.Content.ShouldContain("kallas ”Först”");
        await browser.PostFormAsync(refused, "Input.Values", ("Input.Values[0].Label", "Sedan"));
        (await host.Get<CodeListStore>().OfForbundAsync(host.ForbundId, CodeList.EducationLevel)).Values[0].OwnLabel.ShouldBe("Sedan");
    }

    [Fact]
    public async Task The_reasons_of_positive_solution_are_chosen()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/kodlistor/positiv-losning";

        var page = await browser.GetAsync(address);
        page.Content.ShouldContain("Kan inte väljas");
        await browser.PostFormAsync(page, null, ("Input.ExitReasons", "studier"));
        (await host.Get<ForbundStore>().PositiveReasonsAsync(host.ForbundId, ForbundStore.PositiveSolution)).ShouldBe(["studier"]);
        (await browser.PostFormAsync(address, ("Input.ExitReasons", ""))).Errors.ShouldNotBeEmpty();
    }
}
