using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Privacy;

/// <summary>What has been removed is gone from the files, not only from the tables: its key lies beside them.</summary>
public sealed partial class RemovedNameTests
{
    [Fact]
    public async Task No_byte_of_a_removed_name_is_left_in_the_database_or_its_log()
    {
        await using var f = await RegistryFixture.CreateAsync("sqlite");
        var path = f.Test.Address["sqlite:".Length..];
        var ids = new List<int>();
        for (var i = 0; i < 60; i++)
            ids.Add(
                await f.Participants.AddAsync(
                    new NewParticipant
                    {
                        ForbundId = f.ForbundId,
                        Code = $"P{i}",
                        Gender = "woman",
                        BirthYear = 1990,
                        Name = $"Prov Person {new string('x', i)}",
                    }));
        var stored = await EncryptedAsync(f);
        stored.Count.ShouldBe(60);
        stored.ShouldAllBe(s => Holds(path, s));

        // Every other one erased, every other one's name taken away.
        foreach (var id in ids)
        {
            if (id % 2 == 0)
                await f.Test.Database.EraseAsync(f.ForbundId, id);
            else
                await RemoveNameAsync(f, id);
        }

        (await EncryptedAsync(f)).ShouldBeEmpty();
        stored.Where(s => Holds(path, s)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reader_of_what_was_before_puts_it_off_until_it_has_left()
    {
        await using var f = await RegistryFixture.CreateAsync("sqlite");
        var path = f.Test.Address["sqlite:".Length..];
        var id = await f.Participants.AddAsync(
            new NewParticipant
            {
                ForbundId = f.ForbundId,
                Code = "P1",
                Gender = "woman",
                BirthYear = 1990,
                Name = "Prov Person",
            });
        var name = (await EncryptedAsync(f)).ShouldHaveSingleItem();
        await using (var reader = await f.Test.Database.Engine.OpenAsync(CancellationToken.None))
        {
            await using var begin = reader.CreateCommand();
            begin.CommandText = "BEGIN; SELECT COUNT(*) FROM participant;";
            await begin.ExecuteScalarAsync();
            await RemoveNameAsync(f, id);
            Holds(path, name).ShouldBeTrue("somebody reads it");
            begin.CommandText = "COMMIT";
            await begin.ExecuteNonQueryAsync();
        }

        for (var tries = 0; Holds(path, name) && tries < 100; tries++)
            await Task.Delay(100);
        Holds(path, name).ShouldBeFalse();
    }

    [Fact]
    public async Task Copies_that_are_left_in_pages_where_rows_have_moved_are_gone_when_the_files_have_been_cleaned()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        var (path, random, living, gone) = (test.Address["sqlite:".Length..], new Random(2), new Dictionary<int, string>(), new List<string>());
        await using (var connection = await test.Database.Engine.OpenAsync(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE prov (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name BLOB NULL)";
            await command.ExecuteNonQueryAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            command.Transaction = transaction;
            for (var i = 1; i <= 9_000; i++)
            {
                var (what, code) = (random.NextDouble(), $"KOD-{i:00000}-{new string('q', random.Next(150))}");
                if (what < 0.5 || living.Count == 0)
                {
                    living.Add(i, code);
                    await RunAsync($"INSERT INTO prov VALUES ({i}, '{code}', zeroblob({random.Next(120)}))");
                    continue;
                }

                var id = living.Keys.ElementAt(random.Next(living.Count));
                living.Remove(id, out var old);
                gone.Add(old!);
                if (what < 0.8)
                    living.Add(id, code);
                var (written, length) = what < 0.8 ? (code, random.Next(900)) : ($"gallrad-{id}", 0);
                await RunAsync($"UPDATE prov SET code = '{written}', name = zeroblob({length}) WHERE id = {id}");
            }

            await transaction.CommitAsync();

            async Task RunAsync(string sql)
            {
                command.CommandText = sql;
                await command.ExecuteNonQueryAsync();
            }
        }

        await test.Database.Engine.CutLogAsync(CancellationToken.None);
        Left().ShouldBeGreaterThan(0, "the engine overwrites what is removed, but not what it has moved");
        await test.Database.Engine.CleanAsync(CancellationToken.None);
        Left().ShouldBe(0);

        int Left()
        {
            var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path));
            var kept = Codes().Matches(text).Select(m => m.Value).ToHashSet();
            return gone.Select(g => g[..10]).Count(kept.Contains);
        }
    }

    [Fact]
    public void Each_query_that_removes_or_writes_over_what_is_encrypted_says_so()
    {
        foreach (var engine in new[] { "sqlite", "sqlserver" })
        {
            var queries = SqlCatalogue.For(engine).Queries.Values;
            queries.Where(q => Overwrites().IsMatch(q.Text) && !q.Erases).Select(q => q.Name).ShouldBeEmpty(engine);
            queries.Where(q => q.Erases).Select(q => q.Name).ShouldContain("Erasures.ErasePerson");
        }
    }

    [Fact]
    public async Task The_database_and_its_log_are_their_owners_alone_and_one_that_is_not_is_warned_of()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The rights of files are Unix's.");
        var folder = Directory.CreateTempSubdirectory("finsam-rattigheter-").FullName;
        try
        {
            var path = Path.Combine(folder, "finsam.sqlite");
            var database = await FinsamDatabase.OpenAsync("sqlite:" + path);
            await using (await database.ReadAsync())
            {
                Directory.GetFiles(folder).Length.ShouldBeGreaterThan(1, "the log is there while somebody reads");
                foreach (var file in Directory.GetFiles(folder))
                    OwnersFile.IsOpenToOthers(file).ShouldBeFalse(file);
            }

            database.Engine.Warnings.ShouldBeEmpty();
            Unprivileged.Change(path, "640");
            database.Engine.Warnings.ShouldHaveSingleItem().ShouldContain($"chmod 600 {path}");
        }
        finally
        {
            DatabaseEngine.CloseIdleFiles();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RemoveNameAsync(RegistryFixture f, int id)
    {
        var row = (await f.Participants.FindAsync(f.ForbundId, id))!;
        await f.Participants.UpdateAsync(
            new ParticipantChange
            {
                ForbundId = f.ForbundId,
                Id = id,
                Code = row.Code,
                Gender = row.Gender,
                BirthYear = row.BirthYear,
                Name = null,
                PersonalNumber = null,
                HasProtectedIdentity = false,
                Version = row.Version,
                Actor = "prov",
            });
    }

    private static async Task<List<byte[]>> EncryptedAsync(RegistryFixture f)
    {
        await using var connection = await f.Test.Database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name_encrypted FROM participant WHERE name_encrypted IS NOT NULL";
        var found = new List<byte[]>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add((byte[])reader.GetValue(0));
        return found;
    }

    // A part of it is enough to know that it was there.
    private static bool Holds(string path, byte[] value) =>
        new[] { path, path + "-wal" }.Where(File.Exists).Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(value.AsSpan(0, 24)) >= 0);

    [GeneratedRegex(@"KOD-\d{5}-", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Codes();

    [GeneratedRegex(
        @"\b(UPDATE\s.*\b\w+_encrypted\s*=|DELETE\s+FROM\s+(participant|app_user|consent|correction_request)\b(?!_))",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Overwrites();
}
