using System.Security.Cryptography;
using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.UppfoljningFinsam;

/// <summary>What was handed over is kept, and what differs since is exactly what differs between the files.</summary>
public sealed class DeliveryTests
{
    private static readonly string[] s_insatser =
    [
        "Åkern;;individinriktad;individ;nej;2022-01-01;;",
        "Insam;Åkern;individinriktad;individ;nej;2022-01-01;;",
        "Steget;;individinriktad;individ;nej;2022-01-01;2024-12-31;",
        "Dörren;;individinriktad;antal;nej;2022-01-01;;",
    ];

    [Theory, ClassData(typeof(Engines))]
    public async Task What_differs_after_a_hand_over_is_exactly_the_fields_that_changed_and_why(string engine)
    {
        await using var f = await FilledAsync(engine);
        var before = await WriteAsync(f, "forst");
        (await CompareAsync(f)).ShouldAllBe(c => c.Differences.Count == 0 && c.Changes.Count == 0);

        // A late entry, one that was wrong, one at another time, a man who was a woman, somebody erased, a new name, money and numbers.
        await f.ParticipationsAsync("Sen;Insam;man;1990;;2024-11-01");
        await MisregisterAsync(f, "K2");
        await CorrectAsync(f, "K3", new DateOnly(2025, 1, 7));
        await ChangeGenderAsync(f, "K4", "man");
        await f.Test.Database.EraseAsync(f.Forbund.Id, await PersonAsync(f, "Slut"));
        await RenameAsync(f, "Steget", "Stegen");
        await BudgetAsync(f, "Insam", 900_000, outcome: 1, participants: 20);
        await f.HeadCountAsync("Dörren", "woman", 12);

        var compared = await CompareAsync(f);
        compared.Select(c => c.Delivery.NationalRole).ShouldBe([UppfoljningFinsamRole.Administrator, UppfoljningFinsamRole.Participants]);
        compared[0].Differences.Select(d => (d.Insats, d.Label, d.Then, d.Now)).ShouldBe(
            [
                ("Stegen", "Insats", "Steget", "Stegen"),
                ("Åkern", "Budgeterat antal deltagare", "10", "20"),
                ("Åkern", "Budget (kronor)", "800000", "900000"),
            ]);
        compared[1].Differences.Select(d => (d.Insats, d.Label, d.Then, d.Now)).ShouldBe(
            [
                ("Dörren", "Kvinnor", "4", "12"),
                ("Dörren", "Totalt kvinnor och män", "7", "15"),
                ("Dörren", "varav anonyma kvinnor", "4", "12"),
                ("Stegen", "Insats", "Steget", "Stegen"),
                ("Åkern", "Kvinnor", "6", "3"),
                ("Åkern", "Män", "1", "3"),
                ("Åkern", "Totalt kvinnor och män", "7", "6"),
            ]);
        compared[0].Reasons.Select(r => $"{r.Insats}: {r.What}").ShouldBe(
            ["Insam: budget eller utfall är ändrat", "Stegen: insatsens uppgifter är ändrade"],
            ignoreOrder: true);
        compared[1].Reasons.Select(r => $"{r.Insats}: {r.What} ({string.Join(' ', r.Codes)})").ShouldBe(
            [
                "Dörren: antalet anonyma deltagare är ändrat ()",
                "Insam: 1 nytt deltagande (Sen)",
                "Insam: 1 deltagande markerat som felregistrerat (K2)",
                "Insam: 1 deltagande med ändrad tid (K3)",
                "Insam: 1 deltagande där deltagarens juridiska kön är rättat (K4)",
                "Stegen: insatsens uppgifter är ändrade ()",
            ],
            ignoreOrder: true);

        // Whoever reaches nobody is told how many, and not who.
        (await CompareAsync(f, userId: 4711))[1].Reasons.ShouldAllBe(r => r.Codes.Count == 0);
        (await new DeliveryStore(f.Test.Database).ChangedPeriodsAsync(f.Forbund.Id, await DeliveriesAsync(f))).ShouldBe(
            [(new UppfoljningFinsamPeriod(2024, 0), 7)],
            "a new name is one change, though both roles have it in their files");
        await IsDifferenceOfFilesAsync(f, before, compared);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_was_changed_and_changed_back_or_lies_outside_the_period_leaves_no_difference(string engine)
    {
        await using var f = await FilledAsync(engine);
        await WriteAsync(f, "forst");
        await ChangeGenderAsync(f, "K4", "man");
        await ChangeGenderAsync(f, "K4", "woman");
        await CorrectAsync(f, "K3", new DateOnly(2025, 1, 7));
        await CorrectAsync(f, "K3", new DateOnly(2024, 2, 1));
        await MisregisterAsync(f, "K2");
        var row = await StayAsync(f, "K2");
        await new ParticipationStore(f.Test.Database).UndoExitAsync(f.Forbund.Id, row.Id, row.Version, "anna");
        await RenameAsync(f, "Steget", "Stegen");
        await RenameAsync(f, "Stegen", "Steget");

        // Within the period, but nothing that the form asks about; and after it.
        await CorrectAsync(f, "K1", new DateOnly(2024, 3, 1));
        await f.ParticipationsAsync("Nästa år;Åkern;man;1990;;2025-01-10");
        await BudgetAsync(f, "Åkern", 1, year: 2025);

        (await CompareAsync(f)).ShouldAllBe(c => c.Differences.Count == 0 && c.Changes.Count == 0);
        (await new DeliveryStore(f.Test.Database).ChangedPeriodsAsync(f.Forbund.Id, await DeliveriesAsync(f))).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Each_delivery_is_kept_with_its_file_byte_for_byte_and_says_which_followed(string engine)
    {
        await using var f = await FilledAsync(engine);
        var first = await WriteAsync(f, "forst");
        var (files, half) = (await BytesAsync(first), await WriteAsync(f, "halvar", half: 1));
        await f.ParticipationsAsync("Sen;Insam;man;1990;;2024-11-01");
        await ChangeGenderAsync(f, "K4", "man");
        await RenameAsync(f, "Steget", "Stegen");
        var second = await BytesAsync(await WriteAsync(f, "sedan"));

        var store = new DeliveryStore(f.Test.Database);
        var all = await store.AllAsync(f.Forbund.Id);
        all.Select(d => (d.Id, d.Period, d.NationalRole, d.FollowedBy)).ShouldBe(
            [
                (6, new(2024, 0), UppfoljningFinsamRole.Participants, null),
                (5, new(2024, 0), UppfoljningFinsamRole.Administrator, null),
                (4, new(2024, 1), UppfoljningFinsamRole.Participants, null),
                (3, new(2024, 1), UppfoljningFinsamRole.Administrator, null),
                (2, new(2024, 0), UppfoljningFinsamRole.Participants, 6),
                (1, new(2024, 0), UppfoljningFinsamRole.Administrator, 5),
            ]);
        byte[][] kept = [files[0], files[1], .. await BytesAsync(half), second[0], second[1]];
        foreach (var delivery in all)
        {
            var content = (await store.TakeAgainAsync(f.Forbund.Id, delivery.Id, "anna"))!;
            content.ShouldBe(kept[delivery.Id - 1], $"delivery {delivery.Id}");
            Convert.ToHexStringLower(SHA256.HashData(content)).ShouldBe(delivery.FileSha256);
            var place = delivery.NationalRole == UppfoljningFinsamRole.Administrator ? 0 : 1;
            delivery.FileName.ShouldBe(Path.GetFileName((delivery.Half == 1 ? half : first)[place]));

            // The fields say what the file says.
            var lines = Encoding.UTF8.GetString(content[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            var fields = await store.FieldsAsync(f.Forbund.Id, delivery.Id);
            var (headings, isMixed) = (lines[0].Split(';').ToList(), lines[0].StartsWith("Avser;", StringComparison.Ordinal));
            isMixed.ShouldBe(place == 0);
            fields.ShouldAllBe(d => headings[d.Position - (isMixed ? 0 : 1)] == d.Label);
            fields.GroupBy(d => d.Line).Count().ShouldBe(lines.Length - 1);
            for (var line = 1; line < lines.Length; line++)
            {
                var told = fields.Where(d => d.Line == line).ToDictionary(d => d.Label, d => d.Value);
                headings.Zip(lines[line].Split(';')).Where(c => c.First != "Avser").ShouldAllBe(c => told.GetValueOrDefault(c.First, "") == c.Second);
            }

            fields.ShouldAllBe(d => d.State == "filled" == d.Value.Length > 0);
        }

        second[1].ShouldNotBe(files[1]);
        (await store.TakeAgainAsync(f.Forbund.Id + 1, 1, "anna")).ShouldBeNull();
        (await store.TakeAgainAsync(f.Forbund.Id, 7, "anna")).ShouldBeNull();
        await using var session = await f.Test.Database.ReadAsync();
        var events = await session.QueryAsync<AuditEventRow>("Audit.Events", new { ForbundId = f.Forbund.Id });
        events.Count(e => e.Action == "UppfoljningFinsam.TakeAgain").ShouldBe(6);

        // What differs is told of the latest only.
        (await CompareAsync(f)).ShouldAllBe(c => c.Delivery.Id >= 5 && c.Differences.Count == 0);

        // What somebody has changed in the database is not what was handed over.
        await using (var connection = await f.Test.Database.Engine.OpenAsync(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE delivery_receipt SET content = (SELECT x.content FROM delivery_receipt x WHERE x.delivery_id = 2) WHERE delivery_id = 1";
            await command.ExecuteNonQueryAsync();
        }

        (await Should.ThrowAsync<DeliveryChangedException>(() => store.TakeAgainAsync(f.Forbund.Id, 1, "anna"))).Message.ShouldContain("kontrollsumman");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_insats_that_has_come_or_gone_since_is_one_difference(string engine)
    {
        await using var f = await FilledAsync(engine);
        await WriteAsync(f, "forst");
        await f.InsatserAsync("Ny;;individinriktad;individ;nej;2024-06-01;;");
        await ChangeInsatsAsync(f, "Steget", row => row with { EndsOn = new DateOnly(2023, 12, 31) });
        var compared = await CompareAsync(f);
        foreach (var comparison in compared)
            comparison.Differences.Select(d => (d.Insats, d.Label, d.Then, d.Now)).ShouldBe(
                [("Ny", null, "fanns inte med", "finns med"), ("Steget", null, "fanns med", "finns inte med")]);
        compared.ShouldAllBe(c => c.Changes.Count == 2);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_time_alone_alters_is_a_difference_that_nothing_has_been_changed_for(string engine)
    {
        await using var f = await FilledAsync(engine);
        var export = new UppfoljningFinsamExport(f.Test.Database);
        await export.WriteAsync(await export.CountAsync(f.Forbund.Id, 2025, 0), f.Folder, "anna");
        ((FixedClock)f.Test.Database.Clock).Advance(TimeSpan.FromDays(365));
        var compared = await new DeliveryStore(f.Test.Database).CompareAsync(
            await export.CountAsync(f.Forbund.Id, 2025, 0),
            await DeliveriesAsync(f),
            userId: null);
        compared[0].Differences.ShouldContain(new DeliveryDifference(
            await f.InsatsIdAsync("Åkern"),
            "Åkern",
            "Utfall (kronor)",
            "gäller inte: fylls i när året är slut",
            "inte ifyllt"));
        compared[0].Differences.ShouldAllBe(d => d.Label == "Utfall (kronor)" || d.Label == "Administration, utfall (kronor)");
        compared[0].Changes.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_delivery_from_before_receipts_is_listed_and_compared_with_nothing(string engine)
    {
        await using var f = await FilledAsync(engine);
        await WriteAsync(f, "forst");
        await using (var connection = await f.Test.Database.Engine.OpenAsync(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM delivery_entry; DELETE FROM delivery_receipt";
            await command.ExecuteNonQueryAsync();
        }

        (await DeliveriesAsync(f)).ShouldAllBe(d => d.Moment == null && d.FileName == null);
        (await CompareAsync(f)).ShouldBeEmpty();
        (await new DeliveryStore(f.Test.Database).TakeAgainAsync(f.Forbund.Id, 1, "anna")).ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_many_random_edits_the_differences_are_those_between_the_files(int seed)
    {
        await using var f = await FilledAsync("sqlite");
        var random = new Random(seed);
        var codes = new[] { "K1", "K2", "K3", "K4", "K5", "M1", "Slut" };
        var before = await WriteAsync(f, "forst");
        var names = new List<string> { "Åkern", "Insam", "Steget", "Dörren" };
        for (var i = 0; i < 60; i++)
        {
            var code = codes[random.Next(codes.Length)];
            switch (random.Next(7))
            {
                case 0:
                    var gender = random.Next(2) == 0 ? "man" : "kvinna";
                    await f.ParticipationsAsync($"N{i};{names[random.Next(3)]};{gender};1990;;202{random.Next(3, 5)}-0{random.Next(1, 10)}-10");
                    break;
                case 1:
                    await ChangeGenderAsync(f, code, random.Next(3) switch { 0 => "man", 1 => "woman", _ => "unknown" });
                    break;
                case 2 when (await StayAsync(f, code)).ExitReason != ParticipationStore.Misregistration:
                    await MisregisterAsync(f, code);
                    break;
                case 3 when (await StayAsync(f, code)) is { ExitReason: ParticipationStore.Misregistration } row:
                    await new ParticipationStore(f.Test.Database).UndoExitAsync(f.Forbund.Id, row.Id, row.Version, "anna");
                    break;
                case 4:
                    var place = random.Next(names.Count);
                    await RenameAsync(f, names[place], $"{names[place][..2]}{i}");
                    names[place] = $"{names[place][..2]}{i}";
                    break;
                case 5:
                    await f.HeadCountAsync(names[3], random.Next(2) == 0 ? "man" : "woman", random.Next(3, 6));
                    break;
                default:
                    await BudgetAsync(f, names[random.Next(2)], random.Next(3) * 1000, participants: random.Next(3));
                    break;
            }
        }

        var compared = await CompareAsync(f);
        compared[1].Differences.Count.ShouldBeGreaterThan(2);
        await IsDifferenceOfFilesAsync(f, before, compared);
        compared.ShouldAllBe(c => c.Changes.Count > 0);
    }

    // The files themselves, read cell by cell: what the compared fields must say, whatever the database has kept.
    private static async Task IsDifferenceOfFilesAsync(ReportFixture f, IReadOnlyList<string> before, IReadOnlyList<DeliveryComparison> compared)
    {
        var ids = new Dictionary<string, int>();
        foreach (var insats in (await new InsatsStore(f.Test.Database).TreeAsync(f.Forbund.Id)).Select(n => n.Insats))
        {
            ids[insats.Name] = insats.Id;
            foreach (var change in await new ChangeHistoryStore(f.Test.Database).OfAsync(f.Forbund.Id, ChangedEntity.Insats, insats.Id))
            {
                if (change is { Field: "Name", OldValue: { } name })
                    ids.TryAdd(name, insats.Id);
            }
        }

        var now = await WriteAsync(f, "nu");
        for (var file = 0; file < 2; file++)
        {
            var (old, fresh) = (await CellsAsync(before[file], ids), await CellsAsync(now[file], ids));
            old.Keys.ShouldBe(fresh.Keys, ignoreOrder: true);
            compared[file].Differences.Select(d => (d.InsatsId, d.Label!)).ShouldBe(old.Keys.Where(k => old[k] != fresh[k]), ignoreOrder: true);
            foreach (var difference in compared[file].Differences.Where(d => d.Then.Length > 0 && d.Then[0] != 'i' && d.Now[0] != 'i'))
                (old[(difference.InsatsId, difference.Label!)], fresh[(difference.InsatsId, difference.Label!)]).ShouldBe((difference.Then, difference.Now));
        }
    }

    private static async Task<Dictionary<(int? Insats, string Label), string>> CellsAsync(string path, Dictionary<string, int> ids)
    {
        var lines = (await File.ReadAllLinesAsync(path)).Select(l => l.Split(';')).ToList();
        var name = lines[0].IndexOf("Insats");
        return lines.Skip(1)
            .SelectMany(l => l.Select((value, i) => (Key: (ids.TryGetValue(l[name], out var id) ? id : (int?)null, lines[0][i]), value)))
            .Where(c => c.Key.Item2 != "Avser")
            .ToDictionary(c => c.Key, c => c.value);
    }

    private static async Task<ReportFixture> FilledAsync(string engine)
    {
        var f = await ReportFixture.CreateAsync(engine);
        await f.InsatserAsync(s_insatser);
        await f.ParticipationsAsync(
            [
                .. Enumerable.Range(1, 5).Select(i => $"K{i};Insam;kvinna;1990;;2024-02-01"),
                "M1;Åkern;man;1980;;2023-02-01",
                "Slut;Åkern;kvinna;1985;;2023-02-01;2024-02-01;arbete",
            ]);
        await BudgetAsync(f, "Åkern", null, participants: 0);
        await BudgetAsync(f, "Insam", 800_000, outcome: 1, participants: 10);
        await f.HeadCountAsync("Dörren", "woman", 4);
        await f.HeadCountAsync("Dörren", "man", 3);
        return f;
    }

    private static async Task<IReadOnlyList<string>> WriteAsync(ReportFixture f, string folder, int half = 0)
    {
        var export = new UppfoljningFinsamExport(f.Test.Database);
        return await export.WriteAsync(await export.CountAsync(f.Forbund.Id, 2024, half), Path.Combine(f.Folder, folder), "anna");
    }

    private static async Task<byte[][]> BytesAsync(IReadOnlyList<string> files) =>
        [await File.ReadAllBytesAsync(files[0]), await File.ReadAllBytesAsync(files[1])];

    private static Task<IReadOnlyList<DeliveryRow>> DeliveriesAsync(ReportFixture f) => new DeliveryStore(f.Test.Database).AllAsync(f.Forbund.Id);

    private static async Task<IReadOnlyList<DeliveryComparison>> CompareAsync(ReportFixture f, int? userId = null) =>
        await new DeliveryStore(f.Test.Database).CompareAsync(
            await new UppfoljningFinsamExport(f.Test.Database).CountAsync(f.Forbund.Id, 2024, 0),
            await DeliveriesAsync(f),
            userId);

    private static async Task<int> PersonAsync(ReportFixture f, string code) =>
        (int)await f.SqlAsync<long>($"SELECT id FROM participant WHERE code = '{code}'");

    private static async Task<ParticipationRow> StayAsync(ReportFixture f, string code)
    {
        await using var session = await f.Test.Database.ReadAsync();
        var id = await f.SqlAsync<long>($"SELECT MIN(s.id) FROM participation s JOIN participant p ON p.id = s.participant_id WHERE p.code = '{code}'");
        return (await session.SingleOrDefaultAsync<ParticipationRow>("Participations.Find", new { ForbundId = f.Forbund.Id, ParticipationId = (int)id }))!;
    }

    private static async Task MisregisterAsync(ReportFixture f, string code)
    {
        var row = await StayAsync(f, code);
        await new ParticipationStore(f.Test.Database).MisregisterAsync(f.Forbund.Id, row.Id, row.Version, "anna");
    }

    private static async Task CorrectAsync(ReportFixture f, string code, DateOnly startedOn)
    {
        var row = await StayAsync(f, code);
        await new ParticipationStore(f.Test.Database).CorrectAsync(
            new ParticipationCorrection
            {
                ForbundId = f.Forbund.Id,
                ParticipationId = row.Id,
                Version = row.Version,
                QueuedOn = row.QueuedOn,
                StartedOn = startedOn,
                EndedOn = row.EndedOn,
                ExitReason = row.ExitReason,
                IsPlannedExit = row.IsPlannedExit,
                Referrer = row.Referrer,
                EducationLevel = row.EducationLevel,
            });
    }

    private static async Task ChangeGenderAsync(ReportFixture f, string code, string gender)
    {
        var row = (await new ParticipantStore(f.Test.Database).FindAsync(f.Forbund.Id, code))!;
        await new ParticipantStore(f.Test.Database).UpdateAsync(
            new ParticipantChange
            {
                ForbundId = f.Forbund.Id,
                Id = row.Id,
                Version = row.Version,
                Code = row.Code,
                Gender = gender,
                BirthYear = row.BirthYear,
                Name = null,
                PersonalNumber = null,
                HasProtectedIdentity = false,
            });
    }

    private static async Task BudgetAsync(ReportFixture f, string insats, long? budget, long? outcome = null, int year = 2024, int? participants = null)
    {
        var (store, id) = (new InsatsEconomyStore(f.Test.Database), await f.InsatsIdAsync(insats));
        await store.SetYearAsync(
            new NewInsatsYear
            {
                ForbundId = f.Forbund.Id,
                InsatsId = id,
                CalendarYear = year,
                BudgetKronor = budget,
                OutcomeKronor = outcome,
                BudgetedParticipants = participants,
                Version = (await store.YearsAsync(f.Forbund.Id, year)).FirstOrDefault(y => y.InsatsId == id)?.Version,
            });
    }

    private static Task RenameAsync(ReportFixture f, string from, string to) => ChangeInsatsAsync(f, from, row => row with { Name = to });

    private static async Task ChangeInsatsAsync(ReportFixture f, string name, Func<InsatsChange, InsatsChange> change)
    {
        var store = new InsatsStore(f.Test.Database);
        var row = (await store.FindAsync(f.Forbund.Id, await f.InsatsIdAsync(name)))!;
        await store.UpdateAsync(
            change(
                new InsatsChange
                {
                    ForbundId = f.Forbund.Id,
                    Id = row.Id,
                    Version = row.Version,
                    Name = row.Name,
                    Orientation = row.Orientation,
                    SpecificOrientation = row.SpecificOrientation,
                    FollowUpMethod = row.FollowUpMethod,
                    IsEsf = row.IsEsf,
                    StartsOn = row.StartsOn,
                    EndsOn = row.EndsOn,
                    Capacity = row.Capacity,
                }));
    }
}
