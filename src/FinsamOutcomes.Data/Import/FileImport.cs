using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;

namespace FinsamOutcomes.Data.Import;

/// <summary>How a file of one kind is compared with the register and written into it.</summary>
internal interface IFileImport
{
    /// <summary>Reads what the file is compared with. Rows may come in between two queries: what belongs to a row that was not read is left out.</summary>
    Task LoadAsync(DatabaseSession session);

    /// <summary>Reads the file to its end and reports every fault; touches no database.</summary>
    ImportCounts Read();

    /// <summary>Whether what was read rests on something that others have changed since: then it has to be compared again.</summary>
    bool RestsOn(ChangedMeanwhile change);

    /// <summary>How many participants of the register the file names.</summary>
    int KnownParticipants => 0;

    /// <summary>Whom the faults of the file have told its reader of, outside those whom the reader sees anyhow.</summary>
    IReadOnlyList<LikelySame> Told => [];

    /// <summary>How many names and personal numbers the file adds.</summary>
    (int Names, int Numbers) Identities => default;

    /// <summary>What the event tells after the counts; mostly nothing.</summary>
    string Note => "";

    /// <summary>The ids of the participants that were added, when they have been written.</summary>
    (int First, int Last)? AddedParticipants => null;

    /// <summary>The ids of the stays that were added, when they have been written.</summary>
    (int First, int Last)? AddedParticipations => null;

    /// <summary>Writes what the file adds.</summary>
    Task WriteAsync(DatabaseSession session);

    /// <summary>
    /// Reports the rows whose codes or names the database takes for the same, after it refused what was written. Writes in
    /// a transaction that is undone. Nothing for codes and names that are told apart by their normal forms, as the database does.
    /// </summary>
    Task FindDuplicatesAsync(DatabaseSession session) => Task.CompletedTask;
}
