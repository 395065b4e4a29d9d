using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Database;

/// <summary>Columns that hold as much as one likes, in more rows than a packet or a buffer has room for.</summary>
public sealed class LongTextTests
{
    private const int Rows = 4000;

    // One that no packet holds, one that ends at a packet's edge, letters of two and four bytes, and none.
    private static readonly int[] s_lengths = [20_000, 0, 1, 3_999, 4_000, 4_001, 300, 17];

    [Theory, ClassData(typeof(Engines))]
    public async Task Thousands_of_rows_with_long_texts_are_read_whole_and_in_order_one_by_one_and_at_once(string engine)
    {
        await using var registry = await RegistryFixture.CreateAsync(engine);
        string[] columns = ["id", "forbund_id", "entity", "entity_id", "version", "changed_at", "actor", "field", "old_value", "new_value"];
        await using (var write = await registry.Test.Database.WriteAsync())
        {
            var rows = Enumerable.Range(1, Rows).Select(id => new object?[]
            {
                id, registry.ForbundId, "insats", 1, id, registry.Clock.GetUtcNow().UtcDateTime, "anna", "Text", id % 7 == 0 ? null : Text(id), Text(id + 1),
            });
            await write.BulkInsertAsync("change_history", columns, rows);
            await write.CommitAsync();
        }

        var arguments = new { registry.ForbundId, Entity = "insats", EntityId = 1, Version = 0 };
        await using var read = await registry.Test.Database.ReadAsync();
        var seen = 0;
        await foreach (var row in read.StreamAsync<ChangeHistoryRow>("ChangeHistory.Since", arguments))
            ShouldBeRow(row, ++seen);
        seen.ShouldBe(Rows);

        var all = await read.QueryAsync<ChangeHistoryRow>("ChangeHistory.Since", arguments);
        all.Count.ShouldBe(Rows);
        for (var i = 0; i < all.Count; i++)
            ShouldBeRow(all[i], i + 1);
    }

    // Compared as a whole: a message with twenty thousand letters helps nobody.
    private static void ShouldBeRow(ChangeHistoryRow row, int id) =>
        (row.Id, row.OldValue == (id % 7 == 0 ? null : Text(id)), row.NewValue == Text(id + 1)).ShouldBe((id, true, true));

    private static string Text(int seed)
    {
        var length = s_lengths[seed % s_lengths.Length];
        var words = $"{seed} åäö 😀 ";
        var text = string.Concat(Enumerable.Repeat(words, length / words.Length + 1))[..length];
        return text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text[..^1] + "x" : text;
    }
}
