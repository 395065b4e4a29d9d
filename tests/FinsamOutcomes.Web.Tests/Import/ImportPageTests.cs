using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Import;

public sealed class ImportPageTests
{
    private const string PersonsFile = "Åsa Ölund 19850101-1234.csv";

    private static readonly byte[] s_instrument = Csv(
        "instrument;version;respondent;fraga;text;min;max;riktning;minsta_viktiga_forandring;text_ar",
        "Min väg;1;deltagare;halsa;Hur mår du i dag?;1;10;hogre_ar_battre;1;كيف حالك؟",
        "Min väg;1;deltagare;somn;Hur ofta sover du dåligt?;1;10;lagre_ar_battre;0;");

    [Fact]
    public async Task A_file_is_tried_then_read_in_and_is_in_the_log_with_who_did_it_and_without_its_name()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        using var browser = await host.SignInAsync(user);
        var address = $"/f/{host.ForbundId}/inlasning?slag=instrument";

        var tried = await browser.SendFileAsync(address, "Pröva först", s_instrument, PersonsFile);
        tried.Content.ShouldContain("Filen går att läsa in. Inget är sparat än.");
        tried.Content.ShouldContain("Det här skulle sparas Nya frågor 2 Ändrade frågor 0 Fanns redan 0 Rader i filen 2 (UTF-8, semikolon mellan fälten)");
        (await host.Get<InstrumentStore>().AllAsync(host.ForbundId)).ShouldBeEmpty();

        var done = await browser.SendFileAsync(address, "Läs in", s_instrument, PersonsFile);
        done.Content.ShouldContain("Filen är inläst.");
        var instrument = (await host.Get<InstrumentStore>().AllAsync(host.ForbundId)).ShouldHaveSingleItem();
        (await host.Get<InstrumentStore>().ItemsAsync(host.ForbundId, instrument.Id))
            .Select(i => i.Texts["sv"])
            .ShouldBe(["Hur mår du i dag?", "Hur ofta sover du dåligt?"]);
        (await browser.SendFileAsync(address, "Läs in", s_instrument, PersonsFile)).Content.ShouldContain(
            "Allt i filen finns redan i registret. Inget har ändrats.");

        await using var session = await host.Database.ReadAsync();
        var events = (await session.QueryAsync<AuditEventRow>("Audit.Events", new { host.ForbundId })).Where(e => e.Entity == "import_batch").ToList();
        var read = events.ShouldHaveSingleItem();
        (read.Actor, read.Action, read.Detail).ShouldBe((user.UserName, "Import.Instrument", "rader 2, nya 2, uppdaterade 0, oförändrade 0"));
        new[] { tried.Html, done.Html }.ShouldAllBe(html => !html.Contains("Ölund") && !html.Contains("19850101"));
    }

    [Fact]
    public async Task A_file_of_participants_that_was_the_wrong_one_is_undone_on_the_page()
    {
        await using var host = await WebHost.StartAsync();
        await host.AddInsatsAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/inlasning?slag=deltagare";
        (await browser.GetAsync(address)).Content.ShouldNotContain("Senaste inläsningen");
        var file = Csv("deltagarkod;insats;kon;fodelsear;inskriven;utskriven;avslutsanledning", "A-1;Insam;kvinna;1990;2024-02-01;;");
        var saved = await browser.SendFileAsync(address, "Läs in", file, PersonsFile);
        saved.Content.ShouldContain("1 rad, 1 nytt deltagande");
        (await browser.PostFormAsync(saved, "handler=undo", ("id", "77"))).Content.ShouldContain("inte den senaste");
        (await browser.PostFormAsync(saved, "handler=undo")).Content.ShouldContain("Inläsningen är ångrad");
        (await host.SqlAsync("SELECT id FROM participant")).ShouldBeEmpty();
        (await browser.PostFormAsync(saved, "handler=undo")).Content.ShouldContain("redan ångrad");
    }

    [Fact]
    public async Task A_faulty_file_saves_nothing_and_tells_every_fault_without_showing_anything_about_anybody()
    {
        await using var host = await WebHost.StartAsync();
        await host.AddInsatsAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var file = Csv(
            "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning",
            "A-1;Insam;kvinna;1990;;2024-02-01;;",
            "A-2;Åsa Ölund;kvina;1990;;2024-02-30;;",
            "A-3;Insam;kvina;1990;;2024-02-01;2024-03-01;",
            "19850101-1234;Insam;man;0501011234;;2024-02-01;;");

        var page = await browser.SendFileAsync($"/f/{host.ForbundId}/inlasning?slag=deltagare", "Läs in", file, PersonsFile);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Content.ShouldContain("Filen har 6 fel. Inget har sparats.");
        page.Content.ShouldContain("3 insats insats har ett okänt värde. Tillåtna värden: Insam. Rätta namnet, eller läs in insatsen först. insats-okand");
        page.Content.ShouldContain("3, 4 kon kon har ett okänt värde. Menar du kvinna?");
        page.Content.ShouldContain("3 inskriven inskriven finns inte i kalendern. Rätta dagen eller månaden. datum-finns-inte");
        page.Content.ShouldContain("5 deltagarkod deltagarkod innehåller något som ser ut som ett personnummer.");
        page.Content.ShouldContain("4 avslutsanledning utskriven är ifylld men avslutsanledning är tomt.");
        var report = ReportOf(page);
        report.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + 7);
        report.ShouldContain("4;kon;fel;kod-okand;");
        new[] { page.Html, report }.ShouldAllBe(text => !text.Contains("Ölund") && !text.Contains("1234") && !text.Contains("A-2"));
        await using var session = await host.Database.ReadAsync();
        (await session.QueryAsync<AuditEventRow>("Audit.Events", new { host.ForbundId })).ShouldNotContain(e => e.Entity == "import_batch");
        (await session.QueryAsync<FinsamOutcomes.Data.Import.KnownParticipant>("Import.Participants", new { host.ForbundId })).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_fault_on_many_rows_is_told_once_and_each_row_is_in_the_file_of_faults()
    {
        await using var host = await WebHost.StartAsync();
        await host.AddInsatsAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var rows = Enumerable.Range(1, 1_200).Select(i => $"A-{i};Insam;kvina;1990;;2024-02-01;;");
        var page = await browser.SendFileAsync(
            $"/f/{host.ForbundId}/inlasning?slag=deltagare",
            "Pröva först",
            Csv(["deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning", .. rows]));
        page.Content.ShouldContain("Filen har 1\u00A0200 fel.");
        page.Content.ShouldContain("2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 och 1\u00A0188 rader till");
        ReportOf(page).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + 1_200);
    }

    [Fact]
    public async Task A_workbook_with_its_own_headings_is_mapped_without_a_script_and_the_map_is_remembered_and_forgotten()
    {
        await using var host = await WebHost.StartAsync();
        await host.AddInsatsAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/inlasning?slag=deltagare";
        var book = new InventedWorkbook()
            .Sheet(
                "Lista",
                [
                    ["Deltagarlista"],
                    ["Löpnummer", "Personnummer", "Aktivitet", "Kön", "Födelseår", "Utbildningsnivå", "Startdatum", "Slutdatum", "Orsak till avslut"],
                    ["A-1", "19900101-1234", "Insam", "Kvinna", 1990, null, new DateOnly(2024, 2, 1), new DateOnly(2024, 3, 1), "Jobb på riktigt"],
                ])
            .ToArray();

        var plain = await browser.SendFileAsync(address, "Pröva först", book);
        plain.Content.ShouldContain("Rad 1 har inga kända kolumnnamn, men rad 2 har det.");
        plain.Content.ShouldContain("Tryck på Koppla kolumner");
        var columns = await browser.SendFileAsync(address, "Koppla kolumner", book);
        columns.Content.ShouldContain("I Orsak till avslut Jobb på riktigt");
        columns.Html.ShouldNotContain("19900101");
        var mapped = await browser.PressAsync(columns, "Spara kopplingen och pröva");
        mapped.Content.ShouldContain("Kopplingen är sparad.");

        var words = await browser.SendFileAsync(address, "Koppla kolumner", book);
        words.Content.ShouldContain("Avslutsorsak Jobb på riktigt 1");
        await browser.PressAsync(words, "Spara kopplingen och pröva", ("Map.Values[0].Code", "arbete"));
        (await browser.SendFileAsync(address, "Läs in", book)).Content.ShouldContain("Filen är inläst.");
        var file = await browser.GetAsync(address + "&handler=mapFile");
        file.Html.ShouldContain(";avslutsanledning;Jobb på riktigt;arbete");

        var forgotten = await browser.PressAsync(await browser.GetAsync(address), "Glöm kopplingen");
        forgotten.Html.ShouldNotContain("Förbundets koppling</h2>");
        (await browser.SendFileAsync(address, "Pröva först", book)).Content.ShouldContain("har inga kända kolumnnamn");
    }

    [Fact]
    public async Task A_file_that_corrects_is_shown_before_and_after_and_saved_only_when_that_is_confirmed_and_the_showing_is_in_the_log()
    {
        await using var host = await WebHost.StartAsync();
        await host.AddInsatsAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/inlasning?slag=deltagare";
        const string Header = "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning";
        await browser.SendFileAsync(address, "Läs in", Csv(Header, "A-1;Insam;kvinna;1990;;2024-02-01;2024-03-01;arbete"));
        var file = Csv(Header, "A-1;Insam;kvinna;1991;;2024-02-01;2024-03-01;studier");
        (await browser.SendFileAsync(address, "Läs in", file)).Content.ShouldContain("Filen har ett fel. Inget har sparats.");
        (await browser.SendFileAsync(address, "Läs in", Csv(Header))).Content.ShouldContain("Filen har inga rader. Inget har ändrats.");

        var shown = await browser.SendFileAsync(address, "Läs in", file, fields: [("Input.Correct", "true")]);
        shown.Content.ShouldContain("Filen skulle rätta 2 uppgifter i registret. Inget är sparat än.");
        shown.Content.ShouldContain("2 A-1 Födelseår 1990 1991");
        shown.Content.ShouldContain("2 A-1 Avslutsorsak Arbete utan stöd Studier");
        var confirmed = Regex.Match(shown.Html, "name=\"Input.Confirmed\" value=\"([0-9a-f]{64})\"").Groups[1].Value;
        (await browser.SendFileAsync(address, "Läs in", file, fields: [("Input.Correct", "true"), ("Input.Confirmed", new string('0', 64))])).Content.ShouldContain(
            "Inget är sparat än.");
        (await browser.SendFileAsync(address, "Läs in", file, fields: [("Input.Correct", "true"), ("Input.Confirmed", confirmed)])).Content.ShouldContain(
            "Filen är inläst.");
        await using var session = await host.Database.ReadAsync();
        var stay = (await session.QueryAsync<FinsamOutcomes.Data.Import.KnownParticipation>("Import.Participations", new { host.ForbundId })).ShouldHaveSingleItem();
        stay.ExitReason.ShouldBe("studier");
    }

    public static TheoryData<string, byte[], string> Unreadable { get; } =
        new()
        {
            { "tom", [], "Filen är tom. Börja från mallen. fil-tom" },
            {
                "skadad arbetsbok",
                [.. "PK\u0003\u0004"u8, .. new byte[500]],
                "Arbetsboken är skadad eller har ett lösenord, och går inte att läsa. Öppna filen i Excel och spara den som arbetsbok (.xlsx)"
            },
            {
                "annat slag",
                Csv("insats;overordnad;inriktning;uppfoljningsmetod;esf;startdatum;slutdatum;platser", "Insam;;individinriktad;individ;nej;2023-01-01;;"),
                "Filen har kolumnerna för insatser, inte för instrument."
            },
            { "utan rubrikrad", Csv("Åsa Ölund;1;deltagare;halsa;Hur mår du?;1;10;hogre_ar_battre;1"), "Första raden har inga kända kolumnnamn." },
        };

    [Theory, MemberData(nameof(Unreadable))]
    public async Task A_file_that_is_something_else_says_what_to_do(string what, byte[] file, string says)
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var page = await browser.SendFileAsync($"/f/{host.ForbundId}/inlasning?slag=instrument", "Läs in", file);
        page.Status.ShouldBe(HttpStatusCode.OK, what);
        page.Content.ShouldContain("Filen har ett fel. Inget har sparats.");
        page.Content.ShouldContain(says);
        page.Html.ShouldNotContain("Ölund");
        (await host.Get<InstrumentStore>().AllAsync(host.ForbundId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_file_the_field_says_so()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        (await browser.SendFileAsync($"/f/{host.ForbundId}/inlasning?slag=instrument", "Pröva först", null)).Errors.ShouldBe(["Välj en fil."]);
    }

    [Fact]
    public async Task A_file_larger_than_other_forms_is_read_in_memory_and_one_that_is_too_large_is_answered_in_words()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/inlasning?slag=instrument";
        // What the framework would name a form that it puts on disk.
        using var onDisk = new FileSystemWatcher(Path.GetTempPath(), "ASPNETCORE_*");
        var written = new List<string>();
        onDisk.Created += (_, e) => written.Add(e.Name!);
        onDisk.Renamed += (_, e) => written.Add(e.Name!);
        onDisk.EnableRaisingEvents = true;

        byte[] large = [.. s_instrument, .. Encoding.ASCII.GetBytes(new string('\n', 3_000_000))];
        (await browser.SendFileAsync(address, "Läs in", large)).Content.ShouldContain("Filen är inläst.");
        written.ShouldBeEmpty();

        var answer = await browser.SendFileAsync(address, "Läs in", new byte[Pages.Import.IndexModel.LargestFile * 2]);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Errors.ShouldBe(["Filen är större än 20 MB. Dela den i flera och läs in dem en i taget."]);
        (await browser.GetAsync($"/f/{host.ForbundId}/instrument")).Status.ShouldBe(HttpStatusCode.OK);

        // The other pages take no more than before.
        using var other = new ByteArrayContent(large);
        other.Headers.ContentType = new("application/x-www-form-urlencoded");
        using var refused = await browser.Client.PostAsync(new Uri($"/f/{host.ForbundId}/kostnader", UriKind.Relative), other);
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Each_kind_has_its_template_and_its_columns_explained()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var root = $"/f/{host.ForbundId}/inlasning";
        var all = await browser.GetAsync(root);
        foreach (var format in FinsamOutcomes.Data.Import.ImportFormat.All)
        {
            all.Html.ShouldContain($"{root}?slag={format.Name}");
            var page = await browser.GetAsync($"{root}?slag={format.Name}");
            format.Columns.ShouldAllBe(c => page.Content.Contains(WebUtility.HtmlDecode(c.Description)));
            var template = await browser.GetAsync($"{root}?slag={format.Name}&handler=template");
            template.Response.Content.Headers.ContentDisposition!.FileName.ShouldBe(format.TemplateName);
            (await template.Response.Content.ReadAsByteArrayAsync())[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
            template.Html.TrimStart('\uFEFF').ShouldBe(string.Join(';', format.Columns.Select(c => c.Name)) + "\r\n");
        }

        (await browser.GetAsync($"{root}?slag=allt")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync($"{root}?slag=allt&handler=template")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_page_of_instruments_leads_the_administrator_to_the_file_and_tells_others_whom_to_ask()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        using var administrator = await host.SignInAsync(Role.Administrator);
        using var caseworker = await host.SignInAsync(Role.Caseworker, insats);
        var address = $"/f/{host.ForbundId}/instrument";
        (await administrator.GetAsync(address)).Html.ShouldContain($"/f/{host.ForbundId}/inlasning?slag=instrument");
        var without = await caseworker.GetAsync(address);
        without.Content.ShouldContain("Be förbundsadministratören läsa in frågorna");
        without.Html.ShouldNotContain("/inlasning");

        await administrator.SendFileAsync($"/f/{host.ForbundId}/inlasning?slag=instrument", "Läs in", s_instrument);
        var with = await caseworker.GetAsync(address);
        with.Content.ShouldContain(
            "Min väg, version 1 inte låst Frågor 2 frågor Skala Olika för frågorna, se tabellen Vem svarar Deltagaren Språk svenska, arabiska");
        with.Content.ShouldContain("1 Hur mår du i dag? كيف حالك؟ halsa 1–10 högt (10) 1 steg");
    }

    private static string ReportOf(WebPage page)
    {
        var link = WebUtility.HtmlDecode(Regex.Match(page.Html, "href=\"data:text/csv;charset=utf-8;base64,([^\"]+)\"").Groups[1].Value);
        return Encoding.UTF8.GetString(Convert.FromBase64String(link));
    }

    private static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n");
}
