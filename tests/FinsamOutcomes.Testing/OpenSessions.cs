using System.Diagnostics;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Testing;

/// <summary>
/// Counts the sessions that are open at once in what a test does from here on: one that holds a connection and asks for
/// another waits for those who do the same, when there are no more. Tests that run beside it have traces of their own.
/// </summary>
public sealed class OpenSessions : IDisposable
{
    private readonly Activity _own;
    private readonly ActivityListener _listener;
    private readonly Lock _lock = new();
    private int _open;

    public OpenSessions()
    {
        _own = new Activity("prov").SetParentId(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom()).Start();
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == FinsamDatabase.SessionSource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = session => Count(session, 1),
            ActivityStopped = session => Count(session, -1),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The most that were open at once; 0 when none was seen.</summary>
    public int Most { get; private set; }

    public void Dispose()
    {
        _listener.Dispose();
        _own.Dispose();
    }

    private void Count(Activity session, int change)
    {
        if (session.TraceId != _own.TraceId)
            return;
        lock (_lock)
        {
            _open += change;
            Most = Math.Max(Most, _open);
        }
    }
}
