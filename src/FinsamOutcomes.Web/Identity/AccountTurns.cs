using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Web.Identity;

/// <summary>
/// Passwords and codes for one account are judged one at a time. Whether it is locked is asked before each and told after:
/// of fifty tries that come at once, from as many addresses, all would otherwise be judged before the first has counted. A
/// name that is no account waits its turn as well, so that it can't be told from one that is.
/// </summary>
public sealed class AccountTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <summary>
    /// Waits for the account's turn, which lasts until what is returned is disposed. What is known of the account from
    /// before may be out of date.
    /// </summary>
    public async Task<IDisposable> WaitAsync(string userName, CancellationToken cancellationToken)
    {
        var name = AppUser.Normalize(userName);
        Turn turn;
        lock (_lock)
        {
            if (!_turns.TryGetValue(name, out turn!))
                _turns[name] = turn = new Turn(this, name);
            turn.Waiting++;
        }

        try
        {
            await turn.One.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Leave(turn);
            throw;
        }

        return turn;
    }

    private void Leave(Turn turn)
    {
        lock (_lock)
        {
            if (--turn.Waiting > 0)
                return;
            _turns.Remove(turn.Name);
        }

        turn.One.Dispose();
    }

    private sealed class Turn(AccountTurns turns, string name) : IDisposable
    {
        public string Name { get; } = name;

        public SemaphoreSlim One { get; } = new(1, 1);

        public int Waiting { get; set; }

        public void Dispose()
        {
            One.Release();
            turns.Leave(this);
        }
    }
}
