using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Benchmarks.Measuring;

/// <summary>The tables of a register that measures are counted from, row for row in DuckDB's own memory.</summary>
internal sealed class DuckCopy : IDisposable
{
    private static readonly (string Table, string Columns)[] s_tables =
    [
        ("participant", "id INTEGER, gender VARCHAR, birth_year INTEGER"),
        ("participation", "id INTEGER, participant_id INTEGER, insats_id INTEGER, queued_on DATE, started_on DATE, ended_on DATE, exit_reason VARCHAR, referrer VARCHAR, education_level VARCHAR"),
        ("occupation", "participation_id INTEGER, occasion VARCHAR, work_percent INTEGER, study_percent INTEGER, is_job_seeking INTEGER"),
        ("livelihood_share", "participation_id INTEGER, occasion VARCHAR, livelihood VARCHAR, percent_share INTEGER"),
        ("assessment", "id INTEGER, participation_id INTEGER, instrument_id INTEGER, occasion VARCHAR, answered_on DATE"),
        ("answer", "assessment_id INTEGER, instrument_item_id INTEGER, value DOUBLE"),
        ("exit_reason", "code VARCHAR, is_neutral INTEGER, is_misregistration INTEGER, sort_order INTEGER"),
        ("age_group", "code VARCHAR, min_age INTEGER, max_age INTEGER"),
        ("livelihood", "code VARCHAR, livelihood_group VARCHAR, sort_order INTEGER"),
        ("positive_definition_reason", "definition_code VARCHAR, exit_reason VARCHAR"),
        ("insats", "id INTEGER, parent_id INTEGER"),
    ];

    private readonly DuckDBConnection _connection = new("Data Source=:memory:");

    /// <summary>Copies the database at a path.</summary>
    public DuckCopy(string path)
    {
        _connection.Open();
        using var source = new SqliteConnection($"Data Source={path};Mode=ReadOnly");
        source.Open();
        foreach (var (table, columns) in s_tables)
        {
            Run($"CREATE TABLE {table} ({columns})");
            var isDate = columns.Split(", ").Select(c => c.EndsWith("DATE", StringComparison.Ordinal)).ToArray();
            using var command = source.CreateCommand();
            command.CommandText = $"SELECT {string.Join(", ", columns.Split(", ").Select(c => c.Split(' ')[0]))} FROM {table}";
            using var reader = command.ExecuteReader();
            using var appender = _connection.CreateAppender(table);
            while (reader.Read())
            {
                var row = appender.CreateRow();
                for (var i = 0; i < isDate.Length; i++)
                {
                    if (reader.IsDBNull(i))
                        row.AppendNullValue();
                    else if (isDate[i])
                        row.AppendValue(DateOnly.ParseExact(reader.GetString(i), "yyyy-MM-dd", CultureInfo.InvariantCulture));
                    else if (reader.GetFieldType(i) == typeof(string))
                        row.AppendValue(reader.GetString(i));
                    else if (reader.GetFieldType(i) == typeof(double))
                        row.AppendValue(reader.GetDouble(i));
                    else
                        row.AppendValue(reader.GetInt32(i));
                }

                row.EndRow();
            }
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Runs a query to its last row.</summary>
    /// <returns>What it cost, and the sum of its last column.</returns>
    public (Cost Cost, double Sum) Run(string sql)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var sum = 0.0;
        using (var command = _connection.CreateCommand())
        {
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            while (reader.Read())
                sum += reader.FieldCount == 0 || reader.IsDBNull(reader.FieldCount - 1) ? 0 : Convert.ToDouble(reader.GetValue(reader.FieldCount - 1), CultureInfo.InvariantCulture);
        }

        return (new Cost(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, PeakBytes: 0), sum);
    }
}
