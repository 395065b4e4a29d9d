using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FinsamOutcomes.Data.Database;

/// <summary>What has happened to the database, as far as somebody can do something about it.</summary>
public enum DatabaseFault
{
    /// <summary>Nothing that is the database's own; a fault of the program's.</summary>
    None,

    /// <summary>Others held what was asked for too long, or went first: nothing was saved, and a later try can go through.</summary>
    Busy,

    /// <summary>It can't be reached or opened, or was lost on the way.</summary>
    Unreachable,

    /// <summary>There is no such database on the server, or it is not open to this login.</summary>
    Missing,

    /// <summary>The server does not take the login.</summary>
    Refused,

    /// <summary>What is to be saved can't be written: the disk is full, or doesn't answer.</summary>
    Full,

    /// <summary>It can be read and not written.</summary>
    ReadOnly,

    /// <summary>It is no database, or a broken one.</summary>
    Damaged,
}

/// <summary>Tells the faults of a database from those of the program, and says them in Swedish without what was saved.</summary>
public static class DatabaseFaults
{
    private const int MovedOrRemoved = raw.SQLITE_READONLY | (4 << 8);
    private const int HalfAPage = raw.SQLITE_IOERR | (2 << 8);

    /// <summary>What an exception, or what it came of, says about the database.</summary>
    public static DatabaseFault Of(Exception? exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            var fault = current switch
            {
                JournalException { InnerException: DatabaseAddressException } => DatabaseFault.Unreachable,
                DatabaseLostException => DatabaseFault.Unreachable,
                TimeoutException => DatabaseFault.Busy,
                SqliteException sqlite => Of(sqlite),
                SqlException server => Of(server),
                _ => DatabaseFault.None,
            };
            if (fault != DatabaseFault.None)
                return fault;
        }

        return DatabaseFault.None;
    }

    /// <summary>The number by which the engine itself knows the error.</summary>
    public static int Number(DbException exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode,
        SqlException server => server.Number,
        _ => exception?.ErrorCode ?? 0,
    };

    /// <summary>What has happened and what to do, for whoever runs the program; null when it is no fault of the database's.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="engine">Which database; null where that is not known.</param>
    public static string? Explain(Exception exception, DatabaseEngine? engine)
    {
        var journal = JournalException.In(exception)?.Engine;
        engine = journal ?? engine;
        var isServer = engine is { Folder: null };
        var name = engine is null ? "" : " " + engine.DisplayName;
        const string Aside =
            "flytta undan den med filerna -wal och -shm bredvid; det som stod i den förs inte in i loggen. Det som är registrerat berörs inte.";
        const string Address = "Kontrollera att --db eller FINSAM_DB pekar rätt";
        var said = Of(exception) switch
        {
            DatabaseFault.Damaged when journal is not null => $"Filen{name}, där det antecknas vem som har sett vad, är skadad. Stäng programmet och {Aside}",
            DatabaseFault.Unreachable or DatabaseFault.ReadOnly when journal is not null =>
                $"Filen{name}, där det antecknas vem som har sett vad, går inte att använda. Kontrollera att den är en fil och att den som kör programmet får läsa och skriva den, eller {Aside}",
            DatabaseFault.Busy => $"Databasen{name} används av andra och svarade inte i tid. Försök igen om en stund.",
            DatabaseFault.Unreachable when isServer =>
                $"Databasservern svarar inte:{name}. Kontrollera servernamnet, att servern är igång och att den går att nå härifrån.",
            DatabaseFault.Unreachable => $"Databasen{name} går inte att öppna. {Address}, att den är en fil, och att filen och mappen går att läsa och skriva.",
            DatabaseFault.Missing =>
                $"Databasen{name} finns inte på servern, eller så har inloggningen inte rätt till den. Be den som sköter servern om en tom databas, och kontrollera Database= i anslutningssträngen.",
            DatabaseFault.Refused => $"Databasservern godtar inte inloggningen:{name}. Kontrollera användaren och lösenordet i anslutningssträngen.",
            DatabaseFault.Full =>
                $"Det går inte att skriva till databasen{name}: disken är full eller svarar inte. Frigör plats och försök igen. Ingenting har sparats.",
            DatabaseFault.ReadOnly =>
                $"Databasen{name} går att läsa men inte att skriva till. Ge den som kör programmet rätt att skriva{(isServer ? " i den" : " i mappen, i filen och i filerna -wal och -shm bredvid den")}. Ingenting har sparats.",
            DatabaseFault.Damaged => $"Databasen{name} är ingen databas, eller så är den skadad. {Address}, och lägg annars tillbaka säkerhetskopian.",
            _ => null,
        };
        return said is not null && Cause(exception) is { } cause && Number(cause) is not 0 and var number
            ? string.Create(CultureInfo.InvariantCulture, $"{said} (Felkod {number}.)")
            : said;
    }

    private static DbException? Cause(Exception? exception)
    {
        while (exception is not (null or DbException))
            exception = exception.InnerException;
        return (DbException?)exception;
    }

    private static DatabaseFault Of(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => DatabaseFault.Busy,
        raw.SQLITE_READONLY when exception.SqliteExtendedErrorCode == MovedOrRemoved => DatabaseFault.Unreachable,
        raw.SQLITE_READONLY or raw.SQLITE_PERM => DatabaseFault.ReadOnly,
        raw.SQLITE_IOERR when exception.SqliteExtendedErrorCode == HalfAPage => DatabaseFault.Damaged,
        raw.SQLITE_FULL or raw.SQLITE_IOERR => DatabaseFault.Full,
        raw.SQLITE_CANTOPEN => DatabaseFault.Unreachable,
        raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => DatabaseFault.Damaged,
        _ => DatabaseFault.None,
    };

    // 1205: another of two went first; 1222: a lock was not let go of; -2: no answer in time. 4060 and 911: no such database.
    // 18456 and the like: the login. 1101, 1105 and 9002: full. 3906: read-only. 823–825: what is read is not what was written.
    // From class 20 the connection is gone; the other numbers are how the net says so, and what Azure says when it moves.
    private static DatabaseFault Of(SqlException exception) => exception.Number switch
    {
        1205 or 1222 or -2 => DatabaseFault.Busy,
        4060 or 911 => DatabaseFault.Missing,
        18452 or 18456 or 18470 or 18487 or 18488 => DatabaseFault.Refused,
        1101 or 1105 or 9002 => DatabaseFault.Full,
        3906 => DatabaseFault.ReadOnly,
        823 or 824 or 825 => DatabaseFault.Damaged,
        -1 or 2 or 53 or 64 or 121 or 233 or 258 or 10053 or 10054 or 10060 or 10061 or 11001 or 17142 or 40197 or 40501 or 40613 => DatabaseFault.Unreachable,
        _ => exception.Class >= 20 ? DatabaseFault.Unreachable : DatabaseFault.None,
    };
}
