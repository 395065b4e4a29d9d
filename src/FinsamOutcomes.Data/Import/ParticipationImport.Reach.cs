using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Import;

/// <content>
/// What the one who reads the file in would come to reach by it: a stay in an insats of one's own opens the participant, so
/// that one who has left, or never was there, is let in by another administrator where there is one.
/// </content>
internal sealed partial class ParticipationImport
{
    private HashSet<int> _ownInsatser = [];
    private HashSet<int> _reached = [];
    private bool _isAlone;
    private int _openedAlone;
    private int _closed;

    public string Note =>
        IdentityNote
        + (_openedAlone == 0 ? "" : $", till egna insatser {_openedAlone}, utan en andra administratör")
        + (_closed == 0 ? "" : $", tidigare deltagare {_closed}, äldre deltaganden i insatsen förblir stängda");

    private async Task LoadReachAsync(DatabaseSession session)
    {
        if (job.UserId is not { } userId)
            return;
        var days = await ReachDays.ReadAsync(session, job.ForbundId, job.CancellationToken);
        var by = new { job.ForbundId, UserId = userId, days.ReachedSince, days.Today };
        _ownInsatser = [.. await session.QueryAsync<int>("Access.Insatser", by, job.CancellationToken)];
        if (_ownInsatser.Count == 0)
            return;
        _reached = [.. await session.QueryAsync<int>("Import.ReachedParticipants", by, job.CancellationToken)];
        _isAlone = await session.SingleOrDefaultAsync<int>("Users.CountOtherAdministrators", by, job.CancellationToken) == 0;
    }

    // A stay that the file adds.
    private void AddParticipation(in ParticipationRow row)
    {
        var opens =
            row.Participant < _participants.KnownCount
            && _ownInsatser.Contains(_insatser[row.Insats].Id)
            && !_reached.Contains(_participants.All[row.Participant].Id);
        if (opens && !_isAlone)
        {
            job.Rows.Add(ImportRule.OpensToOneself, Code, "Deltagaren är inte med bland dina, och du är själv handläggare i insatsen.");
            return;
        }

        _openedAlone += opens ? 1 : 0;
        Chain(row);
    }
}
