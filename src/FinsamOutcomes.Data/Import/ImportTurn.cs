using System.Collections.Concurrent;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// One import at a time in each förbund, tried or not: each holds a file and the register in memory. Within a program they
/// stand in line in the order they came; between programs whoever asks when the turn is free gets it.
/// </summary>
internal sealed class ImportTurn : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_atOnce = TimeSpan.FromMilliseconds(1);
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_lines = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _line;
    private readonly IAsyncDisposable _hold;

    private ImportTurn(SemaphoreSlim line, IAsyncDisposable hold)
    {
        _line = line;
        _hold = hold;
    }

    /// <summary>Waits for the turn; null when patience ended first.</summary>
    /// <param name="database">Where the file is read in.</param>
    /// <param name="forbundId">To which förbund.</param>
    /// <param name="patience">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> is without end.</param>
    /// <param name="waiting">Told once, when there is somebody to wait for.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    public static async Task<ImportTurn?> TakeAsync(
        FinsamDatabase database,
        int forbundId,
        TimeSpan patience,
        Action? waiting,
        CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var line = s_lines.GetOrAdd($"{forbundId} {database.Engine.DisplayName}", _ => new SemaphoreSlim(1));
        var isToldOf = false;
        if (!await line.WaitAsync(s_atOnce, cancellationToken))
        {
            TellOnce();
            if (!await line.WaitAsync(patience, cancellationToken))
                return null;
        }

        try
        {
            while (true)
            {
                if (await database.Engine.TryHoldAsync($"inlasning-{forbundId}", cancellationToken) is { } hold)
                    return new ImportTurn(line, hold);
                TellOnce();
                if (patience != Timeout.InfiniteTimeSpan && TimeProvider.System.GetElapsedTime(began) >= patience)
                    break;
                await Task.Delay(s_pause, cancellationToken);
            }
        }
        catch
        {
            line.Release();
            throw;
        }

        line.Release();
        return null;

        void TellOnce()
        {
            if (!isToldOf)
                waiting?.Invoke();
            isToldOf = true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _hold.DisposeAsync();
        }
        finally
        {
            _line.Release();
        }
    }
}
