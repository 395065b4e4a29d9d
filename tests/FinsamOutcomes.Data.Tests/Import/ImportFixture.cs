using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Export;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

/// <summary>A database with one förbund, two insatser, an instrument and a clock at 2024-12-31; files are written beside it.</summary>
internal sealed class ImportFixture : IAsyncDisposable
{
    public const string Insatser = "insats;overordnad;inriktning;uppfoljningsmetod;esf;startdatum;slutdatum;platser";
    public const string Instrument = "instrument;version;respondent;fraga;text;min;max;riktning;minsta_viktiga_forandring";
    public const string Deltagare = "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning";
    public const string Sjalvskattning = "deltagarkod;insats;instrument;tillfalle;datum;fraga;varde";

    public const string Antal = "insats;ar;period;kon;antal";
    public const string Medel = "ar;slag;medlem;kronor";
    public const string Ekonomi = "ar;insats;kostnad;budgeterade_deltagare;budget;utfall;administration";
    public const string Mal = "ar;insats;matt;definition;riktning;mal";

    private static readonly TargetableMeasure[] s_measures = [new("positiva-avslut", "Positiva avslut", true, true), new("personer", "Personer", false, false)];

    private readonly string _folder = Directory.CreateTempSubdirectory("finsam-import-").FullName;

    private ImportFixture(TestDatabase test, int forbundId)
    {
        Test = test;
        ForbundId = forbundId;
    }

    public TestDatabase Test { get; }

    public int ForbundId { get; }

    public static async Task<ImportFixture> CreateAsync(string engine = "sqlite", bool isEmpty = false, TimeProvider? clock = null)
    {
        var test = await TestDatabase.CreateAsync(engine, clock ?? FixedClock.At("2024-12-31"));
        var fixture = new ImportFixture(test, await new ForbundStore(test.Database).AddAsync(new NewForbund { Name = "Prov" }));
        if (isEmpty)
            return fixture;
        (
            await fixture.ImportAsync(
                ImportKind.Insatser,
                Insatser,
                "Åkern;;individinriktad;individ;nej;2020-01-01;;40",
                "Insam;Åkern;individinriktad;individ;nej;2020-01-01;;",
                "Nätverket;;strukturövergripande;antal;nej;2020-01-01;;")).IsSaved.ShouldBeTrue();
        (
            await fixture.ImportAsync(
                ImportKind.Instrument,
                Instrument,
                "Min väg;1;deltagare;halsa;Hur mår du?;1;10;hogre_ar_battre;1",
                "Min väg;1;deltagare;tro;Hur går det?;1;10;hogre_ar_battre;1")).IsSaved.ShouldBeTrue();
        return fixture;
    }

    public Task<ImportResult> ImportAsync(ImportKind kind, params string[] lines) =>
        ImportAsync(kind, Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n"));

    public Task<ImportResult> ImportAsync(ImportKind kind, byte[] content, ImportOptions options) =>
        new Importer(Test.Database, ForbundId) { Options = options, Measures = s_measures }.ImportAsync(kind, new MemoryStream(content));

    public async Task<ImportResult> ImportAsync(ImportKind kind, byte[] content, bool isDryRun = false)
    {
        var path = Path.Combine(_folder, "fil.csv");
        await File.WriteAllBytesAsync(path, content);
        return await ImportFileAsync(kind, path, isDryRun);
    }

    public Task<ImportResult> ImportFileAsync(ImportKind kind, string path, bool isDryRun = false, ImportOptions? options = null) =>
        new Importer(Test.Database, ForbundId) { Options = options ?? ImportOptions.None, Measures = s_measures }.ImportAsync(kind, path, isDryRun);

    public async Task<byte[]> ExportAsync(ImportKind kind)
    {
        using var stream = new MemoryStream();
        await new Exporter(Test.Database, ForbundId).ExportAsync(kind, stream);
        return stream.ToArray();
    }

    /// <summary>Some of each kind of sum, at insatser of the fixture.</summary>
    public async Task AddSumsAsync()
    {
        foreach (var (kind, lines) in new (ImportKind, string[])[]
        {
            (
                ImportKind.Antal,
                [
                    Antal,
                    "Nätverket;2023;hela_aret;okant;240",
                    "Åkern;2024;halvar_1;kvinna;12",
                    "Åkern;2024;halvar_1;man;0",
                    "Åkern;2024;halvår 2;kvinna;7",
                ]),
            (
                ImportKind.Medel,
                [
                    Medel,
                    "2024;stat;Försäkringskassan;1 250 000",
                    "2024;Region;Region Öst;625000,00",
                    "2024;kommun;Åby kommun;",
                    "2024;eget_kapital;;-1200",
                ]),
            (
                ImportKind.Ekonomi,
                [
                    Ekonomi,
                    "2024;Åkern;;40;2400000;2312000;",
                    "2024;Nätverket;;;;;",
                    "2024;;Kansli;;600000;;ja",
                    "2024;;Utvärdering;;80 000 kr;79999;nej",
                ]),
            (
                ImportKind.Mal,
                [
                    Mal,
                    "2024;;positiva-avslut;arbete-eller-studier;minst;45 %",
                    "2024;Åkern;personer;;högst;120",
                    "2023;;Positiva avslut;;minst;0,4",
                ]),
        })
        {
            var result = await ImportAsync(kind, lines);
            result.IsSaved.ShouldBeTrue($"{kind}: {string.Join(" | ", result.Problems.Kept)}");
        }
    }

    /// <summary>How many participants and participations there are.</summary>
    public async Task<(int Participants, int Participations)> CountsAsync()
    {
        await using var session = await Test.Database.ReadAsync();
        var forbund = new { ForbundId };
        return (
            (await session.QueryAsync<KnownParticipant>("Import.Participants", forbund)).Count,
            (await session.QueryAsync<KnownParticipation>("Import.Participations", forbund)).Count);
    }

    /// <summary>What the last event of an action says.</summary>
    public async Task<string> DetailAsync(string action)
    {
        await using var session = await Test.Database.ReadAsync();
        return (await session.QueryAsync<AuditEventRow>("Audit.Events", new { ForbundId })).Last(e => e.Action == action).Detail;
    }

    /// <summary>What has been changed of a row.</summary>
    public async Task<IEnumerable<(string Field, string? Before, string? After, int Version)>> HistoryAsync(string entity, int id) =>
        (await new ChangeHistoryStore(Test.Database).OfAsync(ForbundId, entity, id)).Select(h => (h.Field, h.OldValue, h.NewValue, h.Version));

    public async Task<object?> SqlAsync(string sql)
    {
        await using var connection = await Test.Database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Test.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
