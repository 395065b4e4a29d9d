using System.Text;
using FinsamOutcomes.Data.Consents;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

/// <summary>Names and personal numbers in a file of participants: invented people, with numbers that are made here.</summary>
public sealed class NamedPeopleTests
{
    private const string Header = ImportFixture.Deltagare + ";skyddade_personuppgifter;namn;personnummer";

    private static readonly string s_vilde = NumberOf("19900214", 124);
    private static readonly string s_orvar = NumberOf("19850304", 117);
    private static readonly string s_third = NumberOf("19790909", 231);

    [Theory, ClassData(typeof(Engines))]
    public async Task They_are_stored_as_on_the_page_and_never_written_over_nor_repeated(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        var people = new ParticipantStore(fixture.Test.Database);
        var saved = await fixture.ImportAsync(
            ImportKind.Deltagare,
            Header,
            $"A1;Insam;kvinna;;;2024-01-15;;;;Vilde Vargavinter;{s_vilde}",
            "A2;Insam;man;1985;;2024-01-15;;;ja;;",
            "A3;Insam;man;1985;;2024-01-15;;;;;",
            "A1;Åkern;kvinna;1990;;2024-02-15;;;;;");
        saved.Problems.Kept.ShouldBeEmpty();
        (await IdentityAsync("A1")).ShouldBe(("Vilde Vargavinter", s_vilde.Replace("-", "", StringComparison.Ordinal)));
        var first = (await people.FindAsync(fixture.ForbundId, "A1"))!;
        (first.BirthYear, first.HasPersonalNumber).ShouldBe((1990, true));
        (await people.FindAsync(fixture.ForbundId, "A2"))!.HasProtectedIdentity.ShouldBeTrue();
        (await fixture.DetailAsync("Import.Deltagare")).ShouldBe("rader 4, nya 4, uppdaterade 0, oförändrade 0, namn 1, personnummer 1");

        // Who had none gets them, with a line in the history that says no more; the same again changes nothing.
        string[] more = [Header, $"A3;Insam;man;1985;;2024-01-15;;;;Örvar Öst;{s_orvar}", $"A1;Insam;kvinna;;;2024-01-15;;;;Vilde Vargavinter;{s_vilde}"];
        (await fixture.ImportAsync(ImportKind.Deltagare, more)).Counts.ShouldBe(new ImportCounts(0, 1, 1));
        (await fixture.ImportAsync(ImportKind.Deltagare, more)).Counts.ShouldBe(new ImportCounts(0, 0, 2));
        (await IdentityAsync("A3")).Name.ShouldBe("Örvar Öst");
        (await fixture.HistoryAsync(ChangedEntity.Participant, (await people.FindAsync(fixture.ForbundId, "A3"))!.Id))
            .ShouldBe([("Name", null, null, 2), ("PersonalNumber", null, null, 2)], ignoreOrder: true);

        // Found by name, as who was written on the page.
        Convert.ToInt32(await fixture.SqlAsync("SELECT COUNT(DISTINCT participant_id) FROM participant_name_index")).ShouldBe(2);

        // Every fault by row, without a name or number in it.
        var wrong = await fixture.ImportAsync(
            ImportKind.Deltagare,
            Header,
            $"B1;Insam;kvinna;;;2024-01-15;;;;Vilde Vinter;{s_vilde}",
            $"B2;Insam;man;;;2024-01-15;;;;;{s_third}",
            $"B3;Insam;man;;;2024-01-15;;;;;{s_third}",
            "B4;Insam;man;;;2024-01-15;;;;;19850304-1171",
            $"B5;Insam;kvinna;1984;;2024-01-15;;;;;{s_orvar}",
            $"B6;Insam;man;1985;;2024-01-15;;;ja;Örvar Väst;",
            $"A3;Insam;man;1985;;2024-01-15;;;;;{NumberOf("19850304", 139)}",
            $"A2;Insam;man;1985;;2024-01-15;;;;Örvar Öst;",
            "A1;Insam;kvinna;;;2024-01-15;;;ja;;",
            $"{s_third};Insam;man;;;2024-01-15;;;;;",
            $"B7;Insam;man;1985;;2024-01-15;;;;{s_orvar};",
            "B8;Insam;man;1985;;2024-01-15;;;;Ett Två Tre Fyra Fem Sex Sju;1,98503E+11");
        wrong.Problems.Kept.Where(p => !p.Rule.IsWarning).Select(p => $"{p.Line} {p.Column} {p.Rule.Code}").ShouldBe(
            [
                "2 personnummer personnummer-finns", "4 personnummer personnummer-finns", "5 personnummer personnummer-ogiltigt",
                "6 kon personnummer-avviker", "6 fodelsear personnummer-avviker", "6 personnummer personnummer-finns",
                "7 namn skyddade-personuppgifter", "8 deltagarkod personnummer-avviker", "9 deltagarkod skyddade-personuppgifter",
                "10 deltagarkod skydd-avviker", "11 deltagarkod personnummer", "12 namn personnummer", "13 namn namn-for-langt",
                "13 personnummer personnummer-ogiltigt",
            ],
            ignoreOrder: true);
        using var report = new MemoryStream();
        ImportReport.Write(wrong.Problems.Kept, report, "fil.csv");
        var told = Encoding.UTF8.GetString(report.ToArray()) + string.Join('|', wrong.Problems.Kept.Select(p => p.ToString()));
        foreach (var secret in new[] { "Vilde", "Vinter", "Örvar", "1985030", "19790909", "1990021", "0214-" })
            told.ShouldNotContain(secret);

        // A likely namesake and another name than the registered are warned of.
        var warned = await fixture.ImportAsync(
            ImportKind.Deltagare,
            Header,
            "C1;Åkern;kvinna;1990;;2023-01-15;;;;Vilda Vargavinter;",
            "A3;Insam;man;1985;;2024-01-15;;;;Öyvind Öst;");
        warned.Problems.Kept.Select(p => (p.Line, p.Rule.Code)).ShouldBe([(2, "kanske-samma-person"), (3, "namn-avviker")]);
        (await IdentityAsync("A3")).Name.ShouldBe("Örvar Öst");

        // Out goes who is protected, and no name; the map keeps no word of a name.
        var exported = Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare));
        exported.Split("\r\n")[0].ShouldEndWith(";skyddade_personuppgifter");
        exported.ShouldNotContain("Vargavinter");
        exported.Split("\r\n").Single(l => l.StartsWith("A2;", StringComparison.Ordinal)).ShouldEndWith(";ja");
        var map = new MemoryStream(Encoding.UTF8.GetBytes("rubrik;falt;varde;kod\r\n;namn;Vilde;X\r\n"));
        ImportMap.Read(map, ImportFormat.Of(ImportKind.Deltagare), out var fault).ShouldBeNull();
        fault!.ShouldNotContain("Vilde");
        var preview = ImportPreview.Read(
            new MemoryStream(Encoding.UTF8.GetBytes($"{Header}\r\nA1;Insam;kvinna;;;2024-01-15;;;;Vilde Vargavinter;{s_vilde}\r\n")),
            ImportFormat.Of(ImportKind.Deltagare),
            ImportOptions.None)!;
        preview.Columns.Where(c => c.Heading is "namn" or "personnummer").SelectMany(c => c.Samples).ShouldAllBe(s => s == "(visas inte)");

        async Task<(string? Name, string? Number)> IdentityAsync(string code)
        {
            var identity = await people.ReadIdentityAsync(fixture.ForbundId, (await people.FindAsync(fixture.ForbundId, code))!.Id, "prov");
            return (identity.Name, identity.PersonalNumber);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Where_an_insats_asks_for_written_consent_no_file_stores_them_before_it(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        var (database, people) = (fixture.Test.Database, new ParticipantStore(fixture.Test.Database));
        await fixture.ImportAsync(ImportKind.Deltagare, Header, "A1;Insam;kvinna;1990;;2024-01-15;;;;;", "A2;Åkern;man;1985;;2024-01-15;;;;;");
        var asking = Convert.ToInt32(await fixture.SqlAsync("SELECT id FROM insats WHERE name = 'Insam'"));
        await new PrivacyRuleStore(database).SetAsync(
            fixture.ForbundId,
            new PrivacyRules
            {
                ErasureMonths = null,
                Insatser = [new() { InsatsId = asking, Name = "", ParentName = null, ErasureMonths = null, NeedsConsent = false, ConsentBeforeName = true }],
                Version = 0,
            },
            "prov");

        // Somebody new, somebody there already by a row of another insats, and one whom the next row takes there.
        var refused = await fixture.ImportAsync(
            ImportKind.Deltagare,
            Header,
            "N1;Insam;man;1985;;2024-01-15;;;;Örvar Öst;",
            $"A1;Åkern;kvinna;1990;;2024-03-15;;;;;{s_vilde}",
            "A2;Åkern;man;1985;;2024-01-15;;;;Örvar Väst;",
            "A2;Insam;man;1985;;2024-03-15;;;;;");
        refused.Problems.Kept.Where(p => !p.Rule.IsWarning).Select(p => $"{p.Line} {p.Column} {p.Rule.Code}")
            .ShouldBe(["2 namn namn-fore-samtycke", "3 personnummer namn-fore-samtycke", "5 namn namn-fore-samtycke"]);

        var id = (await people.FindAsync(fixture.ForbundId, "A1"))!.Id;
        await new ConsentStore(database).AddAsync(new NewConsent
        {
            ForbundId = fixture.ForbundId,
            ParticipantId = id,
            Scopes = ["identity"],
            GivenOn = new DateOnly(2024, 1, 15),
            FormPlace = null,
            Actor = "prov",
        });
        (await fixture.ImportAsync(ImportKind.Deltagare, Header, $"A1;Insam;kvinna;1990;;2024-01-15;;;;;{s_vilde}")).Counts.ShouldBe(new ImportCounts(0, 1, 0));
        (await fixture.ImportAsync(ImportKind.Deltagare, Header, "A2;Åkern;man;1985;;2024-01-15;;;;Örvar Väst;")).Counts.ShouldBe(new ImportCounts(0, 1, 0));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_user_stores_them_only_where_the_page_lets_them_and_each_match_elsewhere_is_counted(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (own, other) = (await f.InsatsAsync("Insam"), await f.InsatsAsync("USB"));
        var caseworker = await f.UserAsync("anna", own);
        await f.SqlAsync($"INSERT INTO app_user_role (app_user_id, forbund_id, role) VALUES ({caseworker}, {f.ForbundId}, 'caseworker')");
        var people = new ParticipantStore(f.Test.Database);
        var theirs = await people.AddAsync(new NewParticipant { ForbundId = f.ForbundId, Code = "T1", Gender = "woman", PersonalNumber = s_vilde });
        await f.EnterAsync(theirs, other);
        var mine = await people.AddAsync(new NewParticipant { ForbundId = f.ForbundId, Code = "M1", Gender = "man", PersonalNumber = s_orvar });
        await f.EnterAsync(mine, own);

        string[] elsewhere = ["N1;USB;man;1985;;2024-01-15;;;;Örvar Öst;", "T1;USB;kvinna;1990;;2024-01-10;;;;Vilde Vargavinter;"];
        Faults(await ImportAsync(caseworker, elsewhere)).ShouldBe(["2 namn namn-utan-ratt", "3 namn namn-utan-ratt", "3 deltagarkod namn-utan-ratt"]);
        Faults(await ImportAsync(await f.UserAsync("utan"), "N1;Insam;man;1985;;2024-01-15;;;;Örvar Öst;")).ShouldBe(["2 namn namn-utan-ratt"]);

        // One's own is told at once, somebody else's when the file would be saved, and that is in the log.
        Faults(await ReadAsync(caseworker, isDryRun: true, [$"N1;Insam;man;1985;;2024-01-15;;;;;{s_orvar}"])).ShouldBe(["2 personnummer personnummer-finns"]);
        string[] row = [$"N1;Insam;kvinna;1990;;2024-01-15;;;;;{s_vilde}"];
        Faults(await ReadAsync(caseworker, isDryRun: true, row)).ShouldBeEmpty();
        Convert.ToInt32(await f.SqlAsync("SELECT COUNT(*) FROM presence_watch")).ShouldBe(0);
        var told = await ImportAsync(caseworker, row);
        told.Problems.Kept.ShouldHaveSingleItem().Message.ShouldBe("Personnumret hör till en deltagare som redan finns.");
        (await f.SqlAsync("SELECT MAX(detail) FROM audit_event WHERE action = 'Presence.Match'")).ShouldBe($"deltagare {theirs}");

        // A name that is guessed, or who is protected, is told of nobody outside one's own: the warning is the same whatever is said.
        string Like(string name) => $"N9;Insam;kvinna;1990;;2024-01-16;;;;{name};";
        var guesses = new List<string>();
        foreach (var name in new[] { "", "Vilde Vargavinter", "Nils Någonannan" })
            guesses.Add(string.Join(' ', (await ReadAsync(caseworker, isDryRun: true, [Like(name)])).Problems.Kept.Select(p => p.Rule.Code)));
        guesses.Distinct().ShouldHaveSingleItem();
        var administrator = await f.UserAsync("administratör");
        foreach (var said in new[] { "ja", "nej" })
        {
            Faults(await ReadAsync(administrator, isDryRun: true, [$"M1;Insam;man;1985;;2024-01-10;;;{said};;"])).ShouldBeEmpty(said);
            Faults(await ReadAsync(caseworker, isDryRun: true, [$"T1;USB;kvinna;1990;;2024-01-10;;;{said};;"])).ShouldBeEmpty(said);
        }

        // After many, nothing more is asked.
        await f.SqlAsync($"UPDATE presence_watch SET match_count = {Presence.MatchesADay - 1}");
        await ImportAsync(caseworker, row);
        Faults(await ImportAsync(caseworker, "N2;Insam;man;1985;;2024-01-15;;;;Örvar Väst;")).ShouldBe(["2 namn namn-sparrat"]);
        Faults(await ImportAsync(caseworker, "N2;Insam;man;1985;;2024-01-15;;;;;")).ShouldBeEmpty();

        Task<ImportResult> ImportAsync(int userId, params string[] rows) => ReadAsync(userId, isDryRun: false, rows);

        Task<ImportResult> ReadAsync(int userId, bool isDryRun, string[] rows) =>
            new Importer(f.Test.Database, f.ForbundId, "anna") { UserId = userId }.ImportAsync(
                ImportKind.Deltagare,
                new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\r\n", [Header, .. rows]) + "\r\n")),
                isDryRun);
    }

    private static IEnumerable<string> Faults(ImportResult result) =>
        result.Problems.Kept.Where(p => !p.Rule.IsWarning).Select(p => $"{p.Line} {p.Column} {p.Rule.Code}");

    // With the check digit that it must have.
    private static string NumberOf(string day, int number)
    {
        var nine = day[2..] + number.ToString("000", System.Globalization.CultureInfo.InvariantCulture);
        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            var product = (nine[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += product > 9 ? product - 9 : product;
        }

        return $"{day}-{nine[6..]}{(10 - (sum % 10)) % 10}";
    }
}
