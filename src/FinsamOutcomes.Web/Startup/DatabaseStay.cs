using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Web;

/// <summary>Keeps the database from being replaced while the host runs; see <see cref="DatabaseEngine.StayAsync"/>.</summary>
internal sealed class DatabaseStay(FinsamDatabase database) : IHostedService
{
    private IAsyncDisposable? _stay;

    public async Task StartAsync(CancellationToken cancellationToken) => _stay = await database.Engine.StayAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stay is not null)
            await _stay.DisposeAsync();
    }
}
