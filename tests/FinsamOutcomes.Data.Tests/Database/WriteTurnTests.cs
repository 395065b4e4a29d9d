using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Database;

public sealed class WriteTurnTests
{
    [Fact]
    public async Task Writers_on_SQLite_go_on_in_the_order_in_which_they_came()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        var order = new List<int>();
        var first = await test.Database.WriteAsync();
        var waiting = Enumerable.Range(1, 20).Select(WriteAsync).ToList();
        order.ShouldBeEmpty();

        // Left twice, as when a using follows a failure: one turn is given back, not two.
        await first.DisposeAsync();
        await first.DisposeAsync();
        await Task.WhenAll(waiting);
        order.ShouldBe(Enumerable.Range(1, 20));

        async Task WriteAsync(int number)
        {
            await using var session = await test.Database.WriteAsync();
            order.Add(number);
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_writer_that_is_cancelled_while_waiting_or_fails_leaves_the_line_open()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        using var leaving = new CancellationTokenSource();
        await using (await test.Database.WriteAsync())
        {
            var waiting = test.Database.WriteAsync(leaving.Token);
            await leaving.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(waiting);
        }

        await Should.ThrowAsync<InvalidOperationException>(FailAsync);
        await using var next = await test.Database.WriteAsync();

        async Task FailAsync()
        {
            await using var session = await test.Database.WriteAsync();
            throw new InvalidOperationException();
        }
    }
}
