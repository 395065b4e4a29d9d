using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Years;

/// <summary>
/// Two years of an office's life, a day at a time: people come and leave, the year is reported and handed over, those whose time
/// has run out are erased, and a disk breaks. What was told stays told, and who was erased stays so.
/// </summary>
public sealed class TwoYearsTests
{
    private const int People = 40;

    private readonly FixedClock _clock = FixedClock.At("2023-01-09");

    [Fact]
    public async Task What_was_told_holds_and_the_erased_stay_erased_through_two_years_and_a_broken_disk()
    {
        // As a host makes it: a restore takes no database with anything in it beside what the program makes.
        var folder = Directory.CreateTempSubdirectory("finsam-ar-").FullName;
        var backups = Directory.CreateTempSubdirectory("finsam-kopior-").FullName;
        var address = "sqlite:" + Path.Combine(folder, "finsam.sqlite");
        var database = await FinsamDatabase.OpenAsync(address, _clock);
        try
        {
            var office = await StartAsync(database);
            await new PrivacyRuleStore(database).SetAsync(office.ForbundId, new() { ErasureMonths = 12, Insatser = [], Version = 0 }, "chef");

            // 2023: one a week comes, and two of three leave after a hundred days.
            var left = await YearAsync(database, office, 2023, 0);
            left.ShouldBeGreaterThan(10);

            // February 2024: the year is reported, and handed over.
            MoveTo("2024-02-05");
            var publication = await ReportAsync(database, office, 2023);
            var receipt = await HandOverAsync(database, office, 2023);
            var told = (await KeptPublication.OpenAsync(database, publication)).Numbers.Select(n => n.Told.ToString()).ToList();

            // March: a backup. Then the second year goes on.
            MoveTo("2024-03-01");
            var backup = await new BackupStore(database).MakeAsync(new NewBackup(backups, "natten"));
            await YearAsync(database, office, 2024, People);

            // January 2025: those who left in 2023 fall due, all but who came back.
            MoveTo("2025-01-15");
            var erasures = new ErasureStore(database);
            var due = await erasures.DueAsync(office.ForbundId);
            due.Count.ShouldBeInRange(10, People - 1);
            var secrets = due.SelectMany(d => new[] { d.Code, office.Names[d.Code] }).ToList();
            Found(folder, secrets).ShouldNotBeEmpty("codes stand in clear before");
            await erasures.DecideAsync(office.ForbundId, "chef");
            (await erasures.RunAsync()).ShouldBe(due.Count);
            Found(folder, secrets).ShouldBeEmpty();
            await ShouldHoldAsync(database, publication, told, receipt);

            // The disk breaks the same night: the backup of March is what there is.
            var restored = await new BackupRestore().RunAsync(new NewRestore(backup.Folder, address, "natten") { Replaces = true });
            restored.Erased!.Erased.ShouldBe(due.Count);
            File.Delete(restored.KeptAs!);
            foreach (var beside in Directory.GetFiles(folder, Path.GetFileName(restored.KeptAs!) + "*"))
                File.Delete(beside);
            Found(folder, secrets).ShouldBeEmpty("those who were erased since are erased again");
            await ShouldHoldAsync(database, publication, told, receipt);
            (await new AuditStore(database).CheckAsync(office.ForbundId)).BrokenEvent.ShouldBeNull();
            (await new PublicationStore(database).OfForbundAsync(office.ForbundId)).ShouldHaveSingleItem();

            // Nobody of them falls due once more, and work goes on: the next report is made beside the kept one.
            (await erasures.DueAsync(office.ForbundId)).Select(d => d.ParticipantId).Intersect(due.Select(d => d.ParticipantId)).ShouldBeEmpty();
            await RegisterAsync(database, office, "NY-1", new DateOnly(2025, 1, 15));
            (await ReportAsync(database, office, 2024)).Id.ShouldBeGreaterThan(publication.Id);
        }
        finally
        {
            DatabaseEngine.CloseIdleFiles();
            Directory.Delete(backups, recursive: true);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Office> StartAsync(FinsamDatabase database)
    {
        var forbundId = await new ForbundStore(database).AddAsync(new NewForbund { Name = "Samordningsförbundet Prov" });
        var insatser = new List<int>();
        foreach (var name in new[] { "Vägen", "Ängen" })
            insatser.Add(
                await new InsatsStore(database).AddAsync(
                    new NewInsats
                    {
                        ForbundId = forbundId,
                        Name = name,
                        Orientation = "individual",
                        FollowUpMethod = "individual",
                        StartsOn = new DateOnly(2022, 1, 1),
                    }));
        return new Office(forbundId, insatser, []);
    }

    // Each week somebody comes; two of three leave after a hundred days, to work, studies or neither.
    private async Task<int> YearAsync(FinsamDatabase database, Office office, int year, int from)
    {
        var (participations, open, left) = (new ParticipationStore(database), new List<(int Id, DateOnly Started)>(), 0);
        string[] reasons = ["arbete", "studier", "sjukdom", "flyttat"];
        for (var i = 0; i < People; i++)
        {
            var day = new DateOnly(year, 1, 10).AddDays(7 * i);
            MoveTo(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            foreach (var (id, started) in open.Where(o => o.Started.AddDays(100) <= day).ToList())
            {
                if (id % 3 != 0)
                {
                    var stay = (await participations.FindAsync(office.ForbundId, id))!;
                    await participations.ExitAsync(
                        new NewExit
                        {
                            ForbundId = office.ForbundId,
                            ParticipationId = id,
                            Version = stay.Version,
                            EndedOn = day,
                            ExitReason = reasons[id % reasons.Length],
                        });
                    left++;
                }

                open.Remove((id, started));
            }

            var code = string.Create(CultureInfo.InvariantCulture, $"HEMLIG-{from + i:000}");
            open.Add((await RegisterAsync(database, office, code, day), day));
        }

        return left;
    }

    private static async Task<int> RegisterAsync(FinsamDatabase database, Office office, string code, DateOnly day)
    {
        office.Names[code] = $"Provia Namnsson{code[^3..]}";
        var person = await new ParticipationStore(database).RegisterNewAsync(
            new NewRegistration
            {
                ForbundId = office.ForbundId,
                Code = code,
                Gender = code[^1] % 2 == 0 ? "woman" : "man",
                BirthYear = 1970 + (code[^1] % 10),
                Name = office.Names[code],
                InsatsId = office.Insatser[code[^2] % 2],
                StartedOn = day,
                IsNotDuplicate = true,
            });
        return person.ParticipationId;
    }

    private static async Task<PublicationRow> ReportAsync(FinsamDatabase database, Office office, int year)
    {
        await new ReportJobStore(database).RequestAsync(
            new NewReportJob { ForbundId = office.ForbundId, Report = "arsredovisning", CalendarYear = year, Policy = "minst-5", Actor = "pelle" });
        (await new ReportWorker(database).RunNextAsync()).ShouldBeTrue();
        return (await new PublicationStore(database).OfForbundAsync(office.ForbundId)).First(p => p.CalendarYear == year);
    }

    private static async Task<(int Id, IReadOnlyList<string> Fields)> HandOverAsync(FinsamDatabase database, Office office, int year)
    {
        var (export, deliveries) = (new UppfoljningFinsamExport(database), new DeliveryStore(database));
        await export.FileAsync(await export.CountAsync(office.ForbundId, year, 0), UppfoljningFinsamExport.ParticipantsFile, "chef");
        var delivery = (await deliveries.AllAsync(office.ForbundId)).ShouldHaveSingleItem();
        (await deliveries.HandOverAsync(office.ForbundId, delivery.Id, "chef")).ShouldBeTrue();
        return (delivery.Id, await FieldsAsync(deliveries, office.ForbundId, delivery.Id));
    }

    private static async Task<IReadOnlyList<string>> FieldsAsync(DeliveryStore deliveries, int forbundId, int id) =>
        [.. (await deliveries.FieldsAsync(forbundId, id)).Select(f => f.ToString())];

    // What was published and handed over: the same when it is opened, and the same when it is counted again.
    private static async Task ShouldHoldAsync(
        FinsamDatabase database, PublicationRow publication, List<string> told, (int Id, IReadOnlyList<string> Fields) receipt)
    {
        var row = (await new PublicationStore(database).FindAsync(publication.ForbundId, publication.Id))!;
        var kept = await KeptPublication.OpenAsync(database, row);
        kept.Numbers.Select(n => n.Told.ToString()).ShouldBe(told);
        (await PublicationComparison.OfAsync(database, kept)).Differences.ShouldBeEmpty();
        var deliveries = new DeliveryStore(database);
        (await FieldsAsync(deliveries, publication.ForbundId, receipt.Id)).ShouldBe(receipt.Fields);
        var export = new UppfoljningFinsamExport(database);
        var figures = await export.CountAsync(publication.ForbundId, publication.CalendarYear, 0);
        foreach (var compared in await deliveries.CompareAsync(figures, await deliveries.AllAsync(publication.ForbundId), userId: null))
            compared.Differences.ShouldBeEmpty();
    }

    // In every file beside the database, as bytes.
    private static List<string> Found(string folder, IEnumerable<string> secrets)
    {
        var found = new List<string>();
        foreach (var path in Directory.GetFiles(folder).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var bytes = reader.ReadToEnd();
            found.AddRange(secrets.Where(s => bytes.Contains(s, StringComparison.Ordinal)).Select(s => $"{Path.GetFileName(path)}: {s}"));
        }

        return found;
    }

    private void MoveTo(string day)
    {
        var to = FixedClock.At(day).GetUtcNow();
        if (to > _clock.GetUtcNow())
            _clock.Advance(to - _clock.GetUtcNow());
    }

    private sealed record Office(int ForbundId, IReadOnlyList<int> Insatser, Dictionary<string, string> Names);
}
