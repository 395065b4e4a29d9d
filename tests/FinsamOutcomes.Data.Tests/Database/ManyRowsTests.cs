using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Tests.Database;

/// <summary>SQLite makes the indexes of a table again when most of it is new: nobody may see that afterwards.</summary>
public sealed class ManyRowsTests
{
    private const int Many = 45_050;

    private const string IndexesOfParticipants =
        "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'participant' ORDER BY name)";

    private static readonly string[] s_columns = ["id", "forbund_id", "code", "code_key", "gender", "birth_year", "has_protected_identity", "version"];

    [Theory, InlineData(0), InlineData(30_000), InlineData(Many)]
    public async Task Many_new_rows_leave_every_index_as_it_was_and_find_what_they_hold_by_it(int before)
    {
        await using var registry = await RegistryFixture.CreateAsync("sqlite");
        if (before > 0)
            await AddAsync(registry, before, isKept: true);
        var indexes = await registry.SqlAsync(IndexesOfParticipants);
        await AddAsync(registry, Many, isKept: true);

        ((string)indexes!).ShouldContain("ix_participant_born");
        (await registry.SqlAsync(IndexesOfParticipants)).ShouldBe(indexes);
        (await registry.SqlAsync("PRAGMA integrity_check")).ShouldBe("ok");
        (await registry.SqlAsync("SELECT COUNT(*) FROM participant")).ShouldBe((long)before + Many);
        var born = await registry.SqlAsync("SELECT COUNT(*) FROM participant INDEXED BY ix_participant_born WHERE forbund_id = 1 AND birth_year = 1970");
        born.ShouldBe(await registry.SqlAsync("SELECT COUNT(*) FROM participant NOT INDEXED WHERE birth_year = 1970"));
        ((long)born!).ShouldBeGreaterThanOrEqualTo(Many / 50);
    }

    [Fact]
    public async Task Many_rows_that_are_not_kept_leave_the_indexes_and_nothing_else()
    {
        await using var registry = await RegistryFixture.CreateAsync("sqlite");
        var indexes = await registry.SqlAsync(IndexesOfParticipants);
        await AddAsync(registry, Many, isKept: false);
        (await registry.SqlAsync(IndexesOfParticipants)).ShouldBe(indexes);
        (await registry.SqlAsync("SELECT COUNT(*) FROM participant")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_code_that_comes_twice_is_refused_among_many_rows_too()
    {
        await using var registry = await RegistryFixture.CreateAsync("sqlite");
        var indexes = await registry.SqlAsync(IndexesOfParticipants);
        await using (var write = await registry.Test.Database.WriteAsync())
        {
            var rows = Rows(registry, 1, Many).Append(Row(registry, Many + 1, "P40000"));
            var refused = await Should.ThrowAsync<System.Data.Common.DbException>(() => write.BulkInsertAsync("participant", s_columns, rows));
            registry.Test.Database.Engine.IsDuplicate(refused).ShouldBeTrue();
        }

        (await registry.SqlAsync(IndexesOfParticipants)).ShouldBe(indexes);
    }

    private static async Task AddAsync(RegistryFixture registry, int count, bool isKept)
    {
        await using var write = await registry.Test.Database.WriteAsync();
        var first = await write.ReserveIdsAsync("participant", count);
        await write.BulkInsertAsync("participant", s_columns, Rows(registry, first, count));
        if (isKept)
            await write.CommitAsync();
    }

    private static IEnumerable<object?[]> Rows(RegistryFixture registry, int first, int count) =>
        Enumerable.Range(first, count).Select(id => Row(registry, id, $"P{id}"));

    private static object?[] Row(RegistryFixture registry, int id, string code) =>
        [id, registry.ForbundId, code, NormalForm.Of(code), id % 2 == 0 ? "woman" : "man", 1950 + (id * 7919 % 50), false, 1];
}
