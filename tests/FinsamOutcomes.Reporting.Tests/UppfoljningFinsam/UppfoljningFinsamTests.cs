using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Tests.Measures;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.UppfoljningFinsam;

/// <summary>The files that are handed over, read as the receiver does.</summary>
public sealed class UppfoljningFinsamTests
{
    private const string Åkern = "Åkern;;individinriktad;individ;nej;2022-01-01;;";

    [Theory, ClassData(typeof(Engines))]
    public async Task The_files_have_a_mark_semicolons_and_the_headings_in_the_order_of_the_form(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync(
            "Åkern;;individinriktad;individ;ja;2022-01-01;2025-12-31;40",
            "Nätverket;;strukturövergripande;antal;nej;2023-02-01;;",
            "Slutad;;individinriktad;individ;nej;2022-01-01;2023-12-31;",
            "Kommande;;individinriktad;individ;nej;2025-01-01;;");
        await fixture.BudgetAsync("Åkern", 1_500_000, 0, participants: 30);
        await fixture.ForbundMoneyAsync();
        await fixture.HeadCountAsync("Nätverket", "unknown", 240);
        var files = await ExportAsync(fixture);
        files
            .Select(Path.GetFileName)
            .ShouldBe([
                "uppfoljning-finsam_forbundsadministrator_2024.csv",
                "uppfoljning-finsam_deltagaransvarig_2024.csv",
                "uppfoljning-finsam_att-reda-ut_2024.csv",
            ]);
        var bytes = await File.ReadAllBytesAsync(files[0]);
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var text = Encoding.UTF8.GetString(bytes[3..]);
        text.Count(c => c == '\n').ShouldBe(text.Split("\r\n").Length - 1);
        text.Split("\r\n")
            .ShouldBe([
                "Avser;Förbund;Insats;År;Tilldelade medel (kronor);varav staten (kronor);varav regionen (kronor);varav kommunerna (kronor);varav ESF (kronor);"
                    + "varav andra (kronor);Eget kapital (kronor);Administration, budget (kronor);Administration, utfall (kronor);"
                    + "Insatsinriktning;Specifik insatsinriktning;Målgrupp;Uppföljningsmetod;ESF-finansiering;Startdatum;Slutdatum;"
                    + "Budgeterat antal deltagare;Budget (kronor);Utfall (kronor);Antal deltagare (strukturövergripande insats)",
                "Förbundet;Samordningsförbundet Exempel;;2024;9000000;4500000;2250000;2250000;;;750000;1500000;1450000;;;;;;;;;;;",
                "Insats;;Nätverket;2024;;;;;;;;;;Strukturövergripande;;;Endast antal deltagare;Nej;2023-02-01;;;;;240",
                "Insats;;Åkern;2024;;;;;;;;;;Individinriktad;;;Deltagare följs individuellt;Ja;2022-01-01;2025-12-31;30;1500000;0;",
                "",
            ]);
        (await File.ReadAllLinesAsync(files[1])).ShouldBe(
            [
                "Insats;År;Halvår;Kvinnor;Män;Totalt kvinnor och män;varav anonyma kvinnor;varav anonyma män;Okänt kön (redas ut före överlämning)",
                "Åkern;2024;Helår;0;0;0;0;0;0",
            ],
            "the deltagaransvarig is asked about individual insatser alone");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_person_in_two_delprojekt_is_one_person_and_halves_are_counted_for_themselves(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync(
            Åkern,
            "Insam;Åkern;individinriktad;individ;nej;2022-01-01;;",
            "Örat;Åkern;individinriktad;individ;nej;2022-01-01;;",
            "Dörren;;individinriktad;antal;nej;2022-01-01;;");
        await fixture.ParticipationsAsync(
            "A;Insam;kvinna;1990;;2024-01-10;2024-03-10;arbete",
            "A;Örat;kvinna;1990;;2024-02-10;2024-05-10;arbete",
            "A;Åkern;kvinna;1990;;2024-09-01",
            "B;Örat;man;1990;;2024-06-30;2024-07-01;arbete",
            "C;Insam;man;1990;;2023-01-01;2023-12-31;arbete",
            "D;Insam;man;1990;;2024-03-01;2024-03-02;felregistrering");
        await fixture.HeadCountAsync("Dörren", "woman", 11, half: 1);
        await fixture.HeadCountAsync("Dörren", "woman", 5, half: 2);
        await fixture.HeadCountAsync("Dörren", "man", 4, half: 2);
        await fixture.HeadCountAsync("Insam", "man", 2);

        var year = await ParticipantsAsync(fixture, half: 0);
        year["Åkern"].ShouldBe("2024;Helår;1;3;4;0;2;0");
        year["Dörren"].ShouldBe("2024;Helår;16;;;16;;0", "the men of the first half are not known, so neither are the year's");
        var first = await ParticipantsAsync(fixture, half: 1);
        first["Åkern"].ShouldBe("2024;1;1;;;0;;0", "two men were counted for the whole year only");
        first["Dörren"].ShouldBe("2024;1;11;;;11;;0", "nobody has written how many men there were");
        var second = await ParticipantsAsync(fixture, half: 2);
        second["Åkern"].ShouldBe("2024;2;1;;;0;;0");
        second["Dörren"].ShouldBe("2024;2;5;4;9;5;4;0");
        second.Keys.ShouldBe(["Dörren", "Åkern"]);
        var insam = await fixture.InsatsIdAsync("Insam");
        var export = new UppfoljningFinsamExport(fixture.Test.Database);
        var atMost = (await export.CountAsync(fixture.Forbund.Id, 2024, 0)).AtMost;
        atMost.ShouldContain(
            "högst så många personer i Dörren: två", Case.Sensitive, "the 16 women are two halves added; the men of Insam were counted for the whole year");
        var store = new DeliveryStore(fixture.Test.Database);
        var receipt = (await store.AllAsync(fixture.Forbund.Id)).First(d => d.Half == 0 && d.NationalRole == UppfoljningFinsamRole.Participants);
        var fields = await store.FieldsAsync(fixture.Forbund.Id, receipt.Id);
        fields.Where(f => f.Reason.StartsWith("högst", StringComparison.Ordinal)).Select(f => (f.Name, f.Label)).ShouldBe(
            [("Dörren", "Kvinnor"), ("Dörren", "varav anonyma kvinnor")], "the receipt says so too");
        var figures = await export.CountAsync(fixture.Forbund.Id, 2024, 1);
        figures.AtMost.ShouldBe("", "a half-year is added of nothing");
        figures
            .ToSettle.Where(t => t.InsatsId == insam)
            .Select(t => t.What)
            .ShouldBe(["2 anonyma deltagare (män) är bara registrerade för hela året, så antalet för halvåret är inte känt."]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_counts_are_those_of_the_measure_personer(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync(Åkern, "Insam;Åkern;individinriktad;individ;nej;2022-01-01;;", "Steget;;individinriktad;individ;nej;2022-01-01;;");
        var random = new Random(3);
        await fixture.ParticipationsAsync([
            .. Enumerable
                .Range(0, 120)
                .Select(i => (Person: i / 2, Start: new DateOnly(2023, 1, 1).AddDays(i % 2 * 400 + random.Next(200))))
                .Select(s =>
                    ReportFixture.Text(
                        $"P{s.Person};{new[] { "Åkern", "Insam", "Steget" }[random.Next(3)]};{new[] { "kvinna", "man", "okant" }[s.Person % 3]};1980;;{s.Start:yyyy-MM-dd};{s.Start.AddDays(random.Next(150)):yyyy-MM-dd};arbete"
                    )),
        ]);
        await fixture.HeadCountAsync("Insam", "woman", 9);
        await fixture.HeadCountAsync("Steget", "unknown", 2);
        foreach (var (year, half) in new[] { (2023, 0), (2023, 2), (2024, 0), (2024, 1) })
        {
            var figures = await new UppfoljningFinsamExport(fixture.Test.Database).CountAsync(fixture.Forbund.Id, year, half);
            var cells = await fixture.Test.Database.MeasureAsync(new MeasureRequest
            {
                Measure = "personer",
                ForbundId = fixture.Forbund.Id,
                From = new DateOnly(year, half == 2 ? 7 : 1, 1),
                To = half == 1 ? new DateOnly(year, 6, 30) : new DateOnly(year, 12, 31),
                By = MeasureDimensions.Insats | MeasureDimensions.Gender,
            });
            foreach (var insats in figures.Insatser)
            {
                foreach (var gender in new[] { "woman", "man", "unknown" })
                {
                    var (all, anonymous) = figures.Count(insats.InsatsId, gender);
                    // Counts for the year have no place in its half: the measure has no number then.
                    if (Cell("in_period") is not { State: CellState.NoData })
                        all.ShouldBe((long)(Cell("in_period")?.Value ?? 0), $"{insats.Insats} {gender} {year}:{half}");
                    if (Cell("anonymous") is { State: CellState.Shown } told)
                        anonymous.ShouldBe((long)told.Value!.Value);

                    MeasureCell? Cell(string statistic) =>
                        cells.SingleOrDefault(c => c.Insats == insats.Insats && c.Gender == gender && c.Statistic == statistic);
                }
            }
        }
    }

    [Fact]
    public async Task Unknown_gender_has_its_column_and_a_list_that_goes_when_it_is_settled()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern, "Insam;Åkern;individinriktad;individ;nej;2022-01-01;;", "Dörren;;individinriktad;antal;nej;2022-01-01;;");
        await fixture.ParticipationsAsync(
            "A;Insam;okant;1990;;2024-01-10",
            "A;Åkern;okant;1990;;2024-05-10",
            "B;Insam;kvinna;1990;;2024-01-10",
            "C;Insam;okant;1990;;2023-01-10;2023-12-31;arbete");
        await fixture.HeadCountAsync("Dörren", "unknown", 3);
        var files = await ExportAsync(fixture);
        files.Count.ShouldBe(3);
        var lines = (await File.ReadAllTextAsync(files[2])).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[1].ShouldStartWith("A;Insam;2024-01-10;Kön saknas");
        lines[2].ShouldStartWith("A;Åkern;2024-05-10;Kön saknas");
        lines[3].ShouldStartWith(";Dörren;;Kön saknas för 3 anonyma deltagare");
        lines[4].ShouldBe(";Dörren;;Antal kvinnor och män är inte ifyllt.");
        lines.Count(l => l.Contains("Kön saknas")).ShouldBe(3);
        var rows = await ParticipantsAsync(fixture, half: 0);
        rows["Åkern"].ShouldBe("2024;Helår;1;0;1;0;0;1");
        rows["Dörren"].ShouldBe("2024;Helår;;;;;;3");

        var participants = new ParticipantStore(fixture.Test.Database);
        var person = (await participants.FindAsync(fixture.Forbund.Id, "A"))!;
        await participants.UpdateAsync(
            new ParticipantChange
            {
                ForbundId = fixture.Forbund.Id,
                Id = person.Id,
                Version = person.Version,
                Code = "A",
                Gender = "woman",
                BirthYear = 1990,
                Name = null,
                PersonalNumber = null,
                HasProtectedIdentity = false,
            });
        await fixture.HeadCountAsync("Dörren", "unknown", 0);
        (await File.ReadAllTextAsync((await ExportAsync(fixture))[2])).ShouldNotContain("Kön saknas");
        (await ParticipantsAsync(fixture, half: 0))["Åkern"].ShouldBe("2024;Helår;2;0;2;0;0;0");
    }

    [Fact]
    public async Task Names_that_look_like_formulas_cannot_run_in_a_spreadsheet()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        var insatser = new InsatsStore(fixture.Test.Database);
        foreach (var name in new[] { "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "Två; \"delar\"" })
            await insatser.AddAsync(
                new NewInsats
                {
                    ForbundId = fixture.Forbund.Id,
                    Name = name,
                    Orientation = "individual",
                    FollowUpMethod = "individual",
                    StartsOn = new DateOnly(2022, 1, 1),
                });
        var people = new ParticipantStore(fixture.Test.Database);
        await people.AddAsync(new NewParticipant { ForbundId = fixture.Forbund.Id, Code = "=1+1", Gender = "unknown" });
        foreach (var file in await ExportAsync(fixture))
        {
            foreach (var line in (await File.ReadAllTextAsync(file)).Split("\r\n").Skip(1).Where(l => l.Length > 0))
                line.TrimStart('"')[0].ShouldNotBeOneOf('=', '+', '-', '@');
        }
    }

    [Fact]
    public async Task What_is_not_known_is_empty_and_nought_is_a_number()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern, "Insam;Åkern;individinriktad;individ;nej;2022-01-01;;", "Steget;;individinriktad;individ;nej;2022-01-01;;");
        await fixture.BudgetAsync("Insam", 0);
        var lines = (await File.ReadAllTextAsync((await ExportAsync(fixture))[0])).Split("\r\n");
        lines[1].ShouldStartWith("Förbundet;Samordningsförbundet Exempel;;2024;;;;");
        lines[2].ShouldStartWith("Insats;;Steget;2024;");
        lines[2].ShouldEndWith(";2022-01-01;;;;;");
        lines[3].ShouldEndWith(";2022-01-01;;;0;;");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Each_file_is_recorded_with_its_checksum_and_in_the_log(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync(Åkern);
        var files = await ExportAsync(fixture, half: 2);
        foreach (var (role, file) in new[] { ("forbundsadministrator", files[0]), ("deltagaransvarig", files[1]) })
        {
            var sum = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file)));
            (
                await fixture.SqlAsync<int>(
                    $"SELECT COUNT(*) FROM delivery WHERE national_role = '{role}' AND file_sha256 = '{sum}' AND calendar_year = 2024 AND half = 2 AND created_by = 'prov'"
                )).ShouldBe(1);
        }

        await using var session = await fixture.Test.Database.ReadAsync();
        (await session.QueryAsync<AuditEventRow>("Audit.Events", new { ForbundId = fixture.Forbund.Id }))
            .Count(e => e is { Action: "UppfoljningFinsam.RecordDelivery", Actor: "prov", Entity: "delivery" })
            .ShouldBe(2);
        (await AuditLog.CheckAsync(session, fixture.Forbund.Id)).Fault.ShouldBe(AuditFault.None);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => new UppfoljningFinsamExport(fixture.Test.Database).CountAsync(fixture.Forbund.Id, 2024, 3));
    }

    private static async Task<IReadOnlyList<string>> ExportAsync(ReportFixture fixture, int half = 0)
    {
        var export = new UppfoljningFinsamExport(fixture.Test.Database);
        return await export.WriteAsync(await export.CountAsync(fixture.Forbund.Id, 2024, half), Path.Combine(fixture.Folder, "ut"), "prov");
    }

    /// <summary>The rest of each row by insats.</summary>
    private static async Task<Dictionary<string, string>> ParticipantsAsync(ReportFixture fixture, int half) =>
        (await File.ReadAllLinesAsync((await ExportAsync(fixture, half))[1]))
            .Skip(1)
            .Select(l => l.Split(';', 2))
            .ToDictionary(p => p[0], p => p[1], StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: false));
}
