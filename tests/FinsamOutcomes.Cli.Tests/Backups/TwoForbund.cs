using System.Globalization;
using FinsamOutcomes.Cli.Tests.Import;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Cli.Tests.Backups;

/// <summary>Two förbund with invented people in one database of the program's, and what can be asked of it.</summary>
internal sealed class TwoForbund : IDisposable
{
    public const int Few = 12;

    /// <summary>In each förbund.</summary>
    public int People { get; private init; }

    public FinsamProcess Finsam { get; } = new();

    public IReadOnlyList<int> ForbundIds { get; private set; } = [];

    public FinsamDatabase Database { get; private set; } = null!;

    public static string Name(int forbund, int person) => $"Prov{(char)('a' + (person / 26))}{(char)('a' + (person % 26))} Exempel{(forbund == 0 ? "norr" : "soder")}";

    /// <summary>Of invented women born in different years; each förbund has its own.</summary>
    public static string Number(int forbund, int person)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{60 + (person / 28 % 39)}{1 + (person / 28 / 39 % 12):00}{61 + (person % 28):00}98{2 * forbund}");
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var doubled = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += (doubled / 10) + (doubled % 10);
        }

        return string.Create(CultureInfo.InvariantCulture, $"19{digits}{(10 - (sum % 10)) % 10}");
    }

    public static async Task<TwoForbund> MakeAsync(int people = Few)
    {
        var made = new TwoForbund { People = people };
        made.Database = await FinsamDatabase.OpenAsync(made.Finsam.Address);
        var ids = new List<int>();
        foreach (var name in new[] { "Samordningsförbundet Norr", "Samordningsförbundet Söder" })
            ids.Add(await new ForbundStore(made.Database).AddAsync(new NewForbund { Name = name }));
        made.ForbundIds = ids;
        for (var forbund = 0; forbund < ids.Count; forbund++)
        {
            for (var person = 0; person < people; person++)
                await made.AddAsync(forbund, $"P{person:000}", Name(forbund, person), Number(forbund, person));
        }

        SqliteConnection.ClearAllPools();
        return made;
    }

    public Task<int> AddAsync(int forbund, string code, string name, string? number = null) =>
        new ParticipantStore(Database).AddAsync(
            new NewParticipant
            {
                ForbundId = ForbundIds[forbund],
                Code = code,
                Gender = "woman",
                BirthYear = number is null ? 1990 : null,
                Name = name,
                PersonalNumber = number,
            });

    /// <summary>Makes the file so large that copying it takes a moment that can be hit.</summary>
    public void Fill(int megabytes)
    {
        Ask("CREATE TABLE IF NOT EXISTS utfyllnad (innehall BLOB NOT NULL)");
        for (var i = 0; i < megabytes; i++)
            Ask("INSERT INTO utfyllnad (innehall) VALUES (randomblob(1000000))");

        // The pages stay, and a table that isn't the program's doesn't.
        Ask("DROP TABLE utfyllnad");
    }

    public object? Ask(string sql, string? path = null)
    {
        using var connection = new SqliteConnection($"Data Source={path ?? Finsam.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public int Number(string sql, string? path = null) => Convert.ToInt32(Ask(sql, path), CultureInfo.InvariantCulture);

    /// <summary>Every name and number is read with the key file as it is, and some are found by name and by number, in their own förbund alone.</summary>
    public async Task RequireReadableAsync(bool asksMore = false)
    {
        await using (var session = await Database.ReadAsync())
        {
            var cipher = (await KeyFile.FindCipherAsync(Database, session)).ShouldNotBeNull();
            var values = await session.QueryAsync<EncryptedValueRow>("Privacy.Encrypted");
            values.Count.ShouldBe(2 * 2 * People);
            values.Count(v => cipher.TryDecrypt(v.Stored, new FieldPlace(v.TableName, v.ColumnName, v.RowId)) is null).ShouldBe(0);
        }

        for (var forbund = 0; forbund < 2; forbund++)
        {
            for (var person = 0; person < (asksMore ? 4 : 1); person++)
            {
                (await FindAsync(forbund, Name(forbund, person))).ShouldBe([$"P{person:000}"]);
                (await FindAsync(forbund, Number(forbund, person))).ShouldBe([$"P{person:000}"]);
                (await FindAsync(1 - forbund, Number(forbund, person))).ShouldBeEmpty();
            }
        }
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Finsam.Dispose();
    }

    // As the revisor does, of whom there are many: one may ask of few people a day.
    private async Task<IReadOnlyList<string?>> FindAsync(int forbund, string text)
    {
        var filter = new AuditFilter { Participant = text, Action = "Participants.Add" };
        var found = await new AuditStore(Database).SearchAsync(ForbundIds[forbund], filter, 1, Guid.NewGuid().ToString());
        return [.. found.Events.Select(e => e.ParticipantCode)];
    }
}
