using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Web;

/// <summary>
/// Makes a backup each night while the host runs, where a folder is given, and one when somebody asks. Of several hosts one
/// makes it. What goes wrong is in the log and on the page, and is tried again after an hour.
/// </summary>
public sealed partial class BackupWork(FinsamDatabase database, WebSettings settings, BackupStore backups, ILogger<BackupWork> logger) : BackgroundService
{
    private const string Nightly = "webbplatsen, varje natt";
    private const string Asked = "webbplatsen, på begäran";

    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_again = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_betweenAsked = TimeSpan.FromMinutes(10);
    private static readonly TimeOnly s_night = new(2, 0);

    private readonly SemaphoreSlim _woken = new(0);
    private int _isAsked;

    /// <summary>Whether this host makes backups.</summary>
    public bool IsOn => settings.BackupFolder is not null && backups.WhyNot is null;

    /// <summary>Whether one is being made now, or is about to.</summary>
    public bool IsMaking { get; private set; }

    /// <summary>Why none is made for who asks now, in Swedish; null when one is.</summary>
    public async Task<string?> WhyNotNowAsync(CancellationToken cancellationToken)
    {
        if (IsMaking)
            return "En säkerhetskopia görs redan just nu. Visa sidan igen om en stund för att se att den blev klar.";
        var since = database.Clock.GetUtcNow().UtcDateTime - await backups.LatestByAsync(Asked, cancellationToken);
        return since >= TimeSpan.Zero && since < s_betweenAsked
            ? "En säkerhetskopia gjordes på begäran för mindre än tio minuter sedan, så ingen ny görs nu. Försök igen om en stund."
            : null;
    }

    /// <summary>Makes one now; those who ask at the same time share it.</summary>
    public void Ask()
    {
        if (!IsOn || Interlocked.Exchange(ref _isAsked, 1) == 1)
            return;
        IsMaking = true;
        _woken.Release();
    }

    public override void Dispose()
    {
        base.Dispose();
        _woken.Dispose();
    }

    /// <summary>Whether none has been made since the latest night, nor been tried just now.</summary>
    internal async Task<bool> IsDueAsync(CancellationToken cancellationToken)
    {
        var made = await backups.LatestAsync(cancellationToken);
        var now = database.Clock.GetLocalNow();
        var night = (TimeOnly.FromDateTime(now.DateTime) < s_night ? now.Date.AddDays(-1) : now.Date) + s_night.ToTimeSpan();
        var isMade = made.WholeAt is { } at && TimeZoneInfo.ConvertTimeFromUtc(at, database.Clock.LocalTimeZone) >= night;
        return !isMade && !(made.Failed is { } failed && now.UtcDateTime - failed.MadeAt < s_again);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsOn)
        {
            if (settings.BackupFolder is not null)
                LogFailure(logger, backups.WhyNot!);
            return;
        }

        // The host begins to answer first.
        await Task.Yield();
        try
        {
            while (true)
            {
                await MakeAsync(stoppingToken);
                await _woken.WaitAsync(s_pause, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host ends.
        }
    }

    private async Task MakeAsync(CancellationToken stoppingToken)
    {
        try
        {
            var isAsked = Interlocked.Exchange(ref _isAsked, 0) == 1;
            if (!isAsked && !await IsDueAsync(stoppingToken))
                return;
            IsMaking = true;
            await backups.MakeAsync(
                new NewBackup(settings.BackupFolder!, isAsked ? Asked : Nightly) { Kept = settings.BackupsKept, IsAsked = isAsked },
                stoppingToken);
        }
        catch (BackupException exception)
        {
            LogFailure(logger, exception.Message);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailure(logger, UnexpectedErrors.WithoutMessages(exception));
        }
        finally
        {
            IsMaking = false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Säkerhetskopian gick inte att göra: {Why}")]
    private static partial void LogFailure(ILogger logger, string why);
}
