using System.Net;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Data.Consents;
using FinsamOutcomes.Data.CorrectionRequests;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Participants;

/// <summary>Rules, consent, an extract, a correction and an erasing as people do them, in the order of an office.</summary>
public sealed class ErasurePageTests(Chromium chromium)
{
    private const string Number = "19701063-2391";

    [Fact, OnlySqlite("the files of this test are searched.")]
    public async Task A_person_consents_asks_for_a_correction_gets_an_extract_takes_it_back_and_is_erased_by_two_administrators()
    {
        await using var people = await People.StartAsync();
        var (host, root) = (people.Host, people.Root);
        using var first = await host.SignInAsync(await host.AddUserAsync(host.ForbundId, [Role.Administrator]));
        using var second = await host.SignInAsync(await host.AddUserAsync(host.ForbundId, [Role.Administrator]));

        // Without a rule nobody falls due, and the text for participants says so.
        (await first.GetAsync($"{root}/gallring")).Content.ShouldContain("inte bestämt hur länge");
        (await people.Browser.GetAsync($"{root}/om-dina-uppgifter")).Content.ShouldContain("inte bestämt hur länge");
        (await first.PostFormAsync($"{root}/gallring/regler", "Input_ErasureMonths", ("Input.ErasureMonths", "0"))).Errors
            .ShouldHaveSingleItem().ShouldContain("från 1 till 240");
        var saved = await first.PostFormAsync(
            $"{root}/gallring/regler",
            "Input_ErasureMonths",
            ("Input.ErasureMonths", "12"),
            ("Input.Insatser[0].ConsentBeforeName", "true"));
        saved.Content.ShouldContain("Reglerna är sparade");
        var text = (await people.Browser.GetAsync($"{root}/om-dina-uppgifter")).Content;
        text.ShouldContain("när det har gått ett år");
        text.ShouldContain("skriftliga samtycke");

        // The insats asks for consent before a name.
        var person = await people.LeftAsync("BORT-7", "2023-01-10", "2024-04-01");
        var page = people.Person(person);
        (await people.Browser.PostFormAsync($"{page}/andra", "Input_Name", ("Input.Name", "Elin Provsson"))).Errors
            .ShouldContain(e => e.Contains("kräver skriftligt samtycke"));
        (await people.Browser.PostFormAsync($"{page}/samtycke", "handler=Add", ("Add.GivenOn", "i morgon"))).Errors.Count.ShouldBeGreaterThan(0);
        (await people.Browser.PostFormAsync(
            $"{page}/samtycke",
            "handler=Add",
            ("Add.Scopes", "registration"),
            ("Add.Scopes", "identity"),
            ("Add.GivenOn", "2024-04-02"),
            ("Add.FormPlace", "Pärm Hemlig"))).Content.ShouldContain("Samtycket är inskrivet");
        (await people.Browser.PostFormAsync(
            $"{page}/andra",
            "Input_Name",
            ("Input.Name", "Elin Provsson"),
            ("Input.PersonalNumber", Number),
            ("Input.Gender", "man"),
            ("Input.BirthYear", "1970"))).Url.AbsolutePath.ShouldBe(page);

        (await people.Browser.PostFormAsync($"{page}/rattelse", "handler=Add", ("Input.Request", " "))).Errors.ShouldNotBeEmpty();
        (await people.Browser.PostFormAsync($"{page}/rattelse", "handler=Add", ("Input.Request", "Hemligt fel"))).Content.ShouldContain("väntar på svar");
        (await people.Browser.GetAsync(root)).Content.ShouldContain("Begäran om rättelse");
        var id = await host.SqlAsync("SELECT id FROM correction_request");
        (await people.Browser.PostFormAsync(
            $"{page}/rattelse?svara={id[0]}",
            "handler=Answer",
            ("Answer.Answer", "refused"),
            ("Answer.Text", "Hemligt skäl"))).Content.ShouldContain("inte rättad");

        // The extract holds it all, as page, Word and JSON, and that it was made is in the log.
        var shown = await people.Browser.GetAsync($"{page}/utdrag");
        foreach (var part in new[] { "Elin Provsson", Number, "Pärm Hemlig", "Hemligt fel", "Hemligt skäl", "BORT-7", "2024-04-01" })
            shown.Content.ShouldContain(part);
        var json = await FileAsync(people.Browser, shown, "Hämta som fil (JSON)");
        JsonDocument.Parse(json).RootElement.GetProperty("avsnitt").GetArrayLength().ShouldBe(8);
        Encoding.UTF8.GetString(json).ShouldContain("Elin Provsson");
        var word = await FileAsync(people.Browser, shown, "Hämta som Word");
        using (var document = WordprocessingDocument.Open(new MemoryStream(word), isEditable: false))
            document.MainDocumentPart!.Document!.InnerText.ShouldContain("Hemligt skäl");
        var asked = await first.GetAsync($"{root}/utdrag");
        (await first.PressAsync(asked, "Hämta som Word", ("Input.Code", "FINNS-INTE"))).Errors.ShouldHaveSingleItem();
        var without = Encoding.UTF8.GetString(await FileAsync(first, asked, "Hämta som fil (JSON)", ("Input.Code", "bort-7")));
        without.ShouldContain("lämnas ut av handläggaren");
        foreach (var part in new[] { "Elin", Number, "Hemlig" })
            without.ShouldNotContain(part);
        (await host.ActionsByAsync(people.Caseworker.UserName)).Count(a => a == "Participants.Extract").ShouldBe(2);

        // Withdrawn: the page asks what follows.
        var consents = await people.Browser.PostFormAsync($"{page}/samtycke", "handler=Withdraw", ("Input.WithdrawnOn", "2024-05-01"));
        consents.Content.ShouldContain("Ska uppgifterna gallras?");
        (await people.Browser.PostFormAsync($"{page}/gallra?skal=withdrawn", "Input.Reason")).Content.ShouldContain("begärt att deltagaren gallras");
        (await people.Browser.GetAsync($"{page}/gallra")).Content.ShouldContain("redan begärd");
        (await first.GetAsync(root)).Content.ShouldContain("1 begäran om gallring väntar");
        var waiting = await first.GetAsync($"{root}/gallring");
        waiting.Content.ShouldContain("samtycket är återkallat", Case.Insensitive);
        waiting.Content.ShouldNotContain("Elin");
        await first.PostFormAsync(waiting, "handler=Approve");
        await DoneAsync(1);
        var gone = await people.Browser.GetAsync(page);
        gone.Content.ShouldContain("Gallrad");
        gone.Content.ShouldNotContain("Provsson");
        (await people.Browser.GetAsync($"{page}/utdrag")).Content.ShouldContain("går inte längre att knyta till någon");
        foreach (var form in new[] { "samtycke", "rattelse", "gallra" })
            (await people.Browser.GetAsync($"{page}/{form}")).Status.ShouldBe(HttpStatusCode.OK);

        // Those whose time has run out: one administrator decides, another says yes.
        await people.LeftAsync("BORT-8", "2022-01-10", "2022-06-01");
        (await first.PostFormAsync($"{root}/gallring", "handler=Decide")).Errors.ShouldHaveSingleItem().ShouldContain("Kryssa i");
        await people.LeftAsync("VÄNTA-9", "2022-01-10", "2022-06-01");
        (await first.PostFormAsync($"{root}/gallring", "handler=Decide", ("Input.IsRead", "true"), ("Input.WaitWith", "NEJ-1"))).Errors
            .ShouldHaveSingleItem().ShouldContain("NEJ-1 förfaller inte");
        var list = Encoding.UTF8.GetString(await FileAsync(first, await first.GetAsync($"{root}/gallring"), "Hämta listan som fil"));
        list.ShouldContain("VÄNTA-9");
        (await first.PostFormAsync($"{root}/gallring", "handler=Decide", ("Input.IsRead", "true"), ("Input.WaitWith", "vänta–9"))).Content
            .ShouldContain("En annan förbundsadministratör behöver säga ja");
        var own = await first.GetAsync($"{root}/gallring");
        own.Html.ShouldNotContain("Säg ja och gallra");
        (await first.PostFormAsync(own, "handler=Approve")).Content.ShouldContain("inte själv säga ja");
        (await second.PostFormAsync($"{root}/gallring", "handler=Approve")).Content.ShouldContain("Du har sagt ja");
        await DoneAsync(2);
        (await second.GetAsync($"{root}/gallring")).Content.ShouldContain("1 deltagare gallrad, tiden har gått ut");
        (await host.Get<ErasureStore>().DueAsync(host.ForbundId)).Select(d => d.Code).ShouldBe(["VÄNTA-9"]);

        // Nothing of them in any file beside the database.
        foreach (var file in Directory.GetFiles(host.Database.Engine.Folder!).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var bytes = await reader.ReadToEndAsync();
            foreach (var secret in new[] { "BORT-7", "BORT-8", "Provsson", "Hemlig" })
                bytes.ShouldNotContain(secret, Case.Sensitive, file);
        }

        async Task DoneAsync(int count)
        {
            for (var tries = 0; tries < 200; tries++)
            {
                if ((await host.SqlAsync("SELECT id FROM erasure WHERE cleaned_at IS NOT NULL")).Count == count)
                    return;
                await Task.Delay(50);
            }

            throw new TimeoutException("The erasing was not done.");
        }
    }

    [Fact]
    public async Task Every_page_of_gallring_is_seen_by_all()
    {
        await using var people = await People.StartAsync();
        var (host, root) = (people.Host, people.Root);
        await host.AddInsatsAsync("Vägen in, ungdomar", parentId: people.Foreign);
        var rules = host.Get<PrivacyRuleStore>();
        await rules.SetAsync(host.ForbundId, (await rules.RulesAsync(host.ForbundId)) with { ErasureMonths = 12 }, "prov");
        var person = await people.LeftAsync("A-7", "2023-01-10", "2024-04-01", name: "Elin Provsson");
        await people.LeftAsync("B-8", "2022-01-10", "2022-06-01");
        await people.LeftAsync("B-9", "2022-01-10", "2022-07-01");
        await host.Get<ConsentStore>().AddAsync(
            new NewConsent
            {
                ForbundId = host.ForbundId,
                ParticipantId = person.ParticipantId,
                Scopes = ["registration", "identity"],
                GivenOn = new DateOnly(2024, 4, 2),
                FormPlace = "Pärm 3 i arkivet",
            });
        await host.Get<CorrectionRequestStore>().AddAsync(
            host.ForbundId,
            person.ParticipantId,
            new DateOnly(2024, 5, 2),
            "Födelseåret ska vara 1971.\nUtbildningen är gymnasium.",
            "prov");
        var user = await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.Caseworker], people.Own);
        await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        await host.Get<ErasureStore>().AskAsync(host.ForbundId, people.Caseworker.Id, person.ParticipantId, "withdrawn", people.Caseworker.UserName);
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/logga-in");
        await page.FillAsync("[name='Input.UserName']", user.UserName);
        await page.FillAsync("[name='Input.Password']", user.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/f/**");
        var id = (await host.SqlAsync("SELECT id FROM correction_request"))[0];
        foreach (
            var (address, name) in new[]
            {
                ("", "start-gallring"),
                ("/gallring", "gallring"),
                ("/gallring/regler", "gallring-regler"),
                ("/utdrag", "utdrag-administrator"),
                ("/om-dina-uppgifter", "om-dina-uppgifter"),
                ($"/deltagare/{person.ParticipantId}", "deltagare-personuppgifter"),
                ($"/deltagare/{person.ParticipantId}/samtycke", "samtycke"),
                ($"/deltagare/{person.ParticipantId}/rattelse", "rattelse"),
                ($"/deltagare/{person.ParticipantId}/rattelse?svara={id}", "rattelse-svar"),
                ($"/deltagare/{person.ParticipantId}/utdrag", "utdrag"),
            })
        {
            await page.GotoAsync(root + address);
            await page.ShouldBeSeenByAllAsync(name);
        }

        await host.Get<ErasureStore>().RefuseAsync(new(host.ForbundId, user.Id, user.UserName), 1);
        await page.GotoAsync($"{root}/deltagare/{person.ParticipantId}/gallra");
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.ShouldBeSeenByAllAsync("gallra-fel");
    }

    private static async Task<byte[]> FileAsync(WebBrowser browser, WebPage page, string button, params (string Name, string Value)[] fields)
    {
        var answer = await browser.PressAsync(page, button, fields);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Response.Content.Headers.ContentDisposition!.FileName!.ShouldStartWith(button.EndsWith("listan som fil", StringComparison.Ordinal) ? "gallring-" : "registerutdrag-2024");
        return await answer.Response.Content.ReadAsByteArrayAsync();
    }
}
