using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Catalogue;

/// <summary>No query crosses the border between two förbund by accident.</summary>
public sealed class ForbundBorderTests
{
    private static readonly Dictionary<string, string> s_allowed = new(StringComparer.Ordinal)
    {
        ["Measures.Livelihood"] = "shares of the stays in #participation_fact, which holds one förbund",
        ["Measures.Assessments"] = "answers of the stays in #participation_fact, which holds one förbund",
        ["ReportJobs.Next"] = "one worker makes the reports of every förbund, and only row ids come back",
        ["ApiKeys.Check"] = "whoever sends a key knows its number and no förbund; only with its secret does anything come of it",
        ["Access.Forbund"] = "tells in which förbund the user has a role, before one is chosen",
        ["Users.CountForbundBeyond"] = "how many förbund stand outside the administrator's reach: only a number comes back",
        ["Users.AllRoles"] = "an account that is switched on is so in every förbund: which roles it has decides whether that takes two",
        ["Users.CountWithoutAdministrator"] = "an account that is switched off is so in every förbund: only a number comes back",
        ["Users.ForbundOfOthers"] = "what is done to an account is done in every förbund it belongs to: those where somebody can say yes",
        ["Users.AccountApprovers"] = "what is done to an account is done in every förbund it belongs to: only ids of those who can say yes come back",
        ["Invitations.Find"] = "whoever holds a link knows its token and no förbund",
        ["Invitations.Use"] = "a link that was found by its token",
        ["AccessRequests.WithdrawCoded"] = "the key belongs to the installation, and what was kept with it is worth nothing with another",
        ["Invitations.WithdrawCoded"] = "the key belongs to the installation, and what was kept with it is worth nothing with another",
        ["Invitations.WithdrawResets"] = "a password is the account's, in whichever förbund the link to it was made",
        ["Invitations.CountOwnResets"] = "links that one user has asked for to the own account: only a number comes back",
        ["Invitations.WithdrawOwnResets"] = "links that one user has asked for to the own account",
        ["SignInWays.CountPasswordOff"] = "one user's own förbund, of which the strictest decides: only a number comes back",
        ["SignInWays.CountForbundWithoutPasswords"] = "what whoever fails to sign in is told, alike in every förbund: only a number comes back",
        ["Invitations.WithdrawSetup"] = "links to the first account, before there is a förbund",
        ["Accounts.Session"] = "one user's own roles, in any förbund: only whether one asks for a second factor comes back",
        ["Backups.CountRestored"] = "the whole database was put back, and who is answered runs it",
        ["Privacy.CountLostKeys"] = "there is one key for all of them, and only how often is told",
        ["Backups.WithdrawLinks"] = "a whole database is put back, with every förbund's links",
        ["Accounts.CountCodeRoles"] = "one user's own roles, in any förbund: only a number comes back",
        ["Accounts.ForbundIds"] = "one user's own förbund, for writing in their logs",
        ["Privacy.CountEncrypted"] = "the key belongs to the installation, and only a number comes back",
        ["Privacy.Encrypted"] = "the key belongs to the installation, and what comes back is encrypted",
        ["Privacy.NumberIndexes"] = "the key belongs to the installation, and what comes back is encrypted",
        ["Backups.Counts"] = "a backup is of every förbund at once, and only numbers come back",
        ["Backups.ChainEnds"] = "a backup is of every förbund at once, and only sums come back",
        ["Erasures.Living"] = "the file of those who have been erased is about every förbund, and only row ids come back",
        ["Erasures.Erased"] = "the file of those who have been erased is held against the whole database",
        ["Backups.Access"] = "a backup that is put back is of the whole database",
        ["Backups.Protected"] = "a backup that is put back is of the whole database, and only row ids come back",
        ["Backups.WithdrawnConsents"] = "a backup that is put back is of the whole database",
        ["Backups.StoppedKeys"] = "a backup that is put back is of the whole database",
        ["Erasures.LastDone"] = "the files are cleaned for every förbund at once: only a number comes back",
        ["Erasures.Clean"] = "the files are cleaned for every förbund at once",
        ["Readings.ForbundIds"] = "one program takes in the readings of every förbund, and only row ids come back",
        ["Readings.Prepare"] = "makes a table, or counts none of its rows",
        ["Readings.Remove"] = "a line by its own id, which is like no other",
        ["Readings.ForgetChained"] = "a line by its own id, which is like no other",
    };

    [Fact]
    public async Task Every_query_and_check_on_a_forbunds_tables_filters_on_the_forbund()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        await using var connection = await test.Database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();

        // Tables and views with forbund_id, and the tables below them that are reached through a keyed parent.
        command.CommandText = """
            SELECT DISTINCT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'forbund_id'
            UNION
            SELECT DISTINCT m.name FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
            WHERE m.type = 'table' AND f."table" IN ('insats', 'participation', 'instrument', 'instrument_item', 'assessment', 'publication', 'report_job')
            """;
        var owned = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                owned.Add(reader.GetString(0));
        }

        owned.ShouldContain("participation");
        owned.ShouldContain("answer");
        var statements = SqlCatalogue.For("sqlite").Queries.Values.Concat(SqlCatalogue.For("sqlserver").Queries.Values)
            .Select(q => (q.Name, q.Text))
            .Concat(SqlFiles.Under("sql/checks", "*.sql").Select(f => (Name: f.Path, f.Text)));
        var open = statements.Where(s => !s_allowed.ContainsKey(s.Name) && Touches(s.Text, owned) && !Filters(s.Text)).Select(s => s.Name).Distinct();
        open.ShouldBeEmpty();
        s_allowed.Keys.Where(name => !SqlCatalogue.For("sqlite").Queries.ContainsKey(name)).ShouldBeEmpty("allowed but gone");
    }

    private static bool Touches(string sql, HashSet<string> owned) =>
        Regex.Matches(SqlFiles.CodeOnly(sql), @"\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)", RegexOptions.IgnoreCase).Any(m => owned.Contains(m.Groups[1].Value));

    private static bool Filters(string sql)
    {
        var code = SqlFiles.CodeOnly(sql);
        return Regex.IsMatch(code, @"\bforbund_id\s*=\s*@ForbundId\b")
            || (
                Regex.IsMatch(code, @"^\s*INSERT\s+INTO\s+\w+\s*\([^)]*\bforbund_id\b", RegexOptions.IgnoreCase)
                && code.Contains("@ForbundId", StringComparison.Ordinal));
    }
}
